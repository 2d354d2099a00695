"""A mail server on the loopback that takes, refuses, is away or breaks off, as a test asks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Postman:
    """What the server does with each letter, and what it has taken."""

    refuse: str = ""
    """Answer to RCPT TO, such as ``550 no such user``."""
    refuse_text: str = ""
    """Answer to the text, such as ``451 try later``."""
    break_off: bool = False
    """Hang up in the middle of the text's end, after having taken it."""
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take or refuse a text."""
        if self.refuse_text:
            return self.refuse_text
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)
        if self.break_off:
            assert server.transport is not None
            server.transport.close()
        return "250 taken as 7A1"


def free_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(postman: Postman, port: int) -> Iterator[None]:
    """Keep a mail server running at a port."""
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
