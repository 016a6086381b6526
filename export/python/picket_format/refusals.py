"""Why a file is no model, or a record has no score."""

from .constants import CHECK_STATUS


class Refused(Exception):
    """A file that is not a Picket model: the reader check that failed, and its status."""

    def __init__(self, check, why):
        super().__init__(f"check {check} ({CHECK_STATUS[check]}): {why}")
        self.check, self.status = check, CHECK_STATUS[check]


class NotScored(Exception):
    """A record that has no score: the status that C gives, and the field that a line spoils."""

    def __init__(self, status, why, field=None):
        super().__init__(f"{status}: {why}")
        self.status, self.field = status, field
