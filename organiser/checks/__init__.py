"""What ``ringlista doctor`` looks at: each check gives findings in words for the one who runs the server."""

from organiser.checks.finding import Finding, Verdict

__all__ = ["Finding", "Verdict"]
