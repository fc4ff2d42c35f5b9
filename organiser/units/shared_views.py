"""What all units share: the time zone, the language they start in, and the words for levels and people."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.orgs import services
from organiser.orgs.queries import our_tenant
from organiser.units import queries
from organiser.units.blueprint import blueprint
from organiser.units.forms import SharedForm
from organiser.web.frame import see_other


@blueprint.route("/shared", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def shared() -> ResponseReturnValue:
    """For those who look after the whole organisation."""
    top = db.one_or_404(queries.our_top(current_account()))
    tenant = db.session.scalars(our_tenant()).one()
    form = SharedForm(tenant)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("units/shared.html", form=form), status
    services.set_shared(
        tenant, top, time_zone=form.time_zone.data, language=form.language.data, words=form.words
    )
    flash(_("Saved."))
    return see_other(url_for("units.index"))
