"""Words for the page: English in the code, Swedish and English in the catalogue."""

from flask_babel import gettext, lazy_gettext, lazy_ngettext, ngettext

LANGUAGES = {"sv": "Svenska", "en": "English"}

_ = gettext
lazy = lazy_gettext
lazy_plural = lazy_ngettext

__all__ = ["LANGUAGES", "_", "lazy", "lazy_plural", "ngettext"]
