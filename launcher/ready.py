"""Whether the product answers, and what a newcomer needs to know once it does."""

import http.client
import ipaddress
import json
import re
from collections.abc import Iterator
from pathlib import Path

from launcher.settings import Settings
from launcher.words import say

LONGEST = 90.0  # seconds from the start of the web server


def obstacle(where: Settings) -> str | None:
    """Why `/readyz` does not answer 200 yet; None when it does."""
    connection = http.client.HTTPConnection(callable_host(where.host), where.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = answer.read(300).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    return None if answer.status == http.HTTPStatus.OK else f"{answer.status} {body}"


def callable_host(host: str) -> str:
    """An address to listen on everywhere is not one to call."""
    listening = ipaddress.ip_address(host) if re.fullmatch(r"[0-9a-f.:]+", host) else None
    if listening is None or not listening.is_unspecified:
        return host
    return "127.0.0.1" if listening.version == 4 else "::1"


def tell(where: Settings) -> None:
    """Prints the address and the demonstration sign-ins."""
    say("")
    say(f"Titik Temu siap (ready): {where.address}")
    accounts = where.instance / "demo-accounts.json"
    if where.demo and accounts.exists():
        say(f"Akun demonstrasi (demonstration sign-ins), juga di {accounts}:")
        for line in sign_ins(accounts):
            say(line)
    if not where.production:
        say(
            f"Catatan (logs): {where.instance / 'log'}. Surel keluar (outgoing mail): {where.instance / 'mail'}."
        )
    say("Ctrl-C menghentikan semuanya.", "Ctrl-C stops everything.")


def sign_ins(accounts: Path) -> Iterator[str]:
    """One line an account: persona, address, password."""
    rows = json.loads(accounts.read_text())
    persona = max((len(row["persona"]) for row in rows), default=0)
    address = max((len(row["email"]) for row in rows), default=0)
    for row in rows:
        yield f"  {row['persona']:<{persona}}  {row['email']:<{address}}  {row['password']}"
