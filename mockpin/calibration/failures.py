"""What can keep a service from answering probes."""


class ServiceFailed(Exception):
    """The service gave no answer that can be read; the message says what happened and what to do."""


class CredentialsRefused(ServiceFailed):
    """The service does not accept the token or the ad account."""


class ServiceThrottled(ServiceFailed):
    """The service's rate limit leaves no room for further probes."""


class BudgetSpent(ServiceFailed):
    """The requests that a calibration may send are used up."""


class ProbeUnreadable(Exception):
    """The service answered, but its answers decide nothing; the message says why."""
