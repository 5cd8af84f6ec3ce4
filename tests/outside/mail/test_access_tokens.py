"""Tokens that are logged in with."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from newsroom.errors import DeliveryError
from newsroom.model.oauth_client import OAuthClient
from newsroom.outside.mail.access_tokens import AccessTokens
from tests.outside.mail.token_authority import (
    CLIENT,
    SCOPE,
    SECRET,
    TokenAuthority,
    token_authority,
    trusting_client,
)
from tests.ports import free_port


@pytest.fixture
def authority() -> Iterator[TokenAuthority]:
    """Where tokens are given out."""
    with token_authority() as authority:
        yield authority


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """What it is asked with."""
    with trusting_client() as client:
        yield client


def registered(authority: TokenAuthority, secret: str = SECRET) -> OAuthClient:
    """The program as the authority knows it."""
    return OAuthClient(authority.issuer, CLIENT, secret, SCOPE)


def test_a_token_is_kept_while_it_is_good(authority: TokenAuthority, client: httpx.Client) -> None:
    """The authority is asked once an hour, not once a connection."""
    tokens = AccessTokens(registered(authority), client)

    assert [tokens.token(fresh=False) for _ in range(3)] == ["token-1"] * 3
    assert len(authority.asked) == 2, "where tokens are, and one token"


def test_a_token_that_is_old_is_replaced(authority: TokenAuthority, client: httpx.Client) -> None:
    """A token whose time is over is never given."""
    authority.lasting = 0
    tokens = AccessTokens(registered(authority), client)

    assert [tokens.token(fresh=False) for _ in range(2)] == ["token-1", "token-2"]


def test_a_fresh_one(authority: TokenAuthority, client: httpx.Client) -> None:
    """Where the mail server refuses a token before its time, there is a new one."""
    tokens = AccessTokens(registered(authority), client)

    assert (tokens.token(fresh=False), tokens.token(fresh=True)) == ("token-1", "token-2")


def test_the_program_is_refused(
    authority: TokenAuthority, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong secret stops everything, in the authority's words; the secret is told nowhere."""
    caplog.set_level(logging.DEBUG)
    tokens = AccessTokens(registered(authority, "fel/hemlighet"), client)

    with pytest.raises(DeliveryError, match=r"invalid_client: AADSTS7000215.*see tenant") as told:
        tokens.token(fresh=False)

    assert "fel/hemlighet" not in f"{told.value} {caplog.text}"
    assert "Trace" not in str(told.value)


def test_a_tenant_that_is_not_there(authority: TokenAuthority, client: httpx.Client) -> None:
    """An address below which no authority's document lies is told."""
    elsewhere = replace(registered(authority), issuer=authority.issuer.replace("/v2.0", ""))
    authority.issuer = "https://localhost/another"

    with pytest.raises(DeliveryError, match="see tenant"):
        AccessTokens(elsewhere, client).token(fresh=False)


@pytest.mark.parametrize(
    "fault", [(503, "busy"), (400, {"error": "temporarily_unavailable"}), (500, {"error": "x"})]
)
def test_an_authority_that_needs_rest(
    authority: TokenAuthority, client: httpx.Client, fault: tuple[int, object]
) -> None:
    """What may pass is waited for."""
    authority.fault = fault

    with pytest.raises(ConnectionError, match="no token from"):
        AccessTokens(registered(authority), client).token(fresh=False)


def test_nobody_gives_tokens(client: httpx.Client) -> None:
    """An authority that is down is waited for."""
    issuer = f"https://localhost:{free_port()}/x/v2.0"

    with pytest.raises(ConnectionError, match="no token from"):
        AccessTokens(OAuthClient(issuer, CLIENT, SECRET, SCOPE), client).token(fresh=False)
