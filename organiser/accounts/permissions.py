"""Every role and permission there is, on one page a board can read."""

from enum import StrEnum


class Permission(StrEnum):
    """Something one may do, in the unit where the role is held and in every unit below it."""

    SEE_NUMBERS = "see_numbers"  # the district's page: counts, never a member
    MAKE_CALLS = "make_calls"  # be given one member at a time to ring
    SEE_MEMBERS = "see_members"  # search the register, open a member
    EDIT_MEMBERS = "edit_members"  # correct, block, note a contact
    SEE_PROTECTED = "see_protected"  # read where a member with protected identity lives and is reached
    IMPORT_MEMBERS = "import_members"  # read in a member list, undo it
    PLAN_CALLS = "plan_calls"  # make campaigns and call assignments, invite callers, set goals
    MANAGE_UNITS = "manage_units"  # add, rename, move, close units
    MANAGE_ACCOUNTS = "manage_accounts"  # invite people, give and take roles
    READ_LOGS = "read_logs"  # who saw whom, who changed what


class Role(StrEnum):
    """What somebody is in a unit."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    CALLER = "caller"
    VIEWER = "viewer"

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self]

    @property
    def sees_many(self) -> bool:
        """Whether it opens more than one member at a time, and so demands a second step at sign-in."""
        return Permission.SEE_MEMBERS in self.permissions


PERMISSIONS = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.ORGANISER: frozenset(
        {
            Permission.SEE_NUMBERS,
            Permission.MAKE_CALLS,
            Permission.SEE_MEMBERS,
            Permission.EDIT_MEMBERS,
            Permission.IMPORT_MEMBERS,
            Permission.PLAN_CALLS,
        }
    ),
    Role.CALLER: frozenset({Permission.MAKE_CALLS}),
    Role.VIEWER: frozenset({Permission.SEE_NUMBERS}),
}


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold a permission."""
    return [role for role in Role if permission in role.permissions]
