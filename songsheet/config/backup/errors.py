"""Why a backup is not made or not put back."""

from songsheet.base.refusals import Conflict, Refusal


class NoTool(Refusal):
    """PostgreSQL's own tools are needed and are not there."""

    code = "tool_missing"


class ToolFailed(Refusal):
    """PostgreSQL's own tool ended with an error."""

    status = 500
    code = "tool_failed"


class NotEmpty(Conflict):
    """Where it is to go there is something already."""

    code = "not_empty"


class InUse(Conflict):
    """Somebody is connected to the database that is to be replaced."""

    code = "in_use"


class NoBackup(Refusal):
    """This is no backup, or not a whole one."""

    code = "no_backup"


class NotTheSame(Refusal):
    """What was read back is not what was written."""

    status = 500
    code = "not_the_same"


class FromNewer(Refusal):
    """The backup was made by a newer version than this one."""

    code = "from_newer"
