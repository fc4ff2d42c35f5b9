"""What a browser calls itself, in words its owner knows again."""

BROWSERS = (
    ("Firefox", "Firefox"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def told(user_agent: str) -> str:
    """As in: Firefox, Android. Nothing where neither is known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    browser = browser or ("Safari" if "Safari" in user_agent else "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
