"""How wallets are answered: JSON that nobody keeps, and refusals by the names of their protocol.

A refusal is an answer like any other and takes nothing back: a code, nonce or proof that came with it is used up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from ecvet.credential.wallet.errors import PossessionNotProved, TokenInvalid, WalletRefusal
from ecvet_platform.people.doors import public

P = ParamSpec("P")
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_wallets(*methods: str) -> Callable[[Door[P]], Door[P]]:
    """A door for programs without session: public, without cookies, open to wallets in browsers."""

    def made(door: Door[P]) -> Door[P]:
        @wraps(door)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "OPTIONS":
                answer = HttpResponse(status=204)
                answer["Access-Control-Allow-Methods"] = ", ".join(methods)
                answer["Access-Control-Allow-Headers"] = "authorization, content-type, dpop"
            elif request.method not in methods:
                answer = HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            else:
                try:
                    answer = door(request, *args, **kwargs)
                except WalletRefusal as error:
                    answer = refusal(error)
            answer.headers.setdefault("Cache-Control", "no-store")
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Cross-Origin-Resource-Policy"] = "cross-origin"
            return answer

        return csrf_exempt(public(answered))

    return made


def said(value: dict[str, Any], status: int = 200) -> HttpResponse:
    """An answer in JSON."""
    return JsonResponse(value, status=status)


def refusal(error: WalletRefusal) -> HttpResponse:
    """A refusal by its name (RFC 6749, 5.2); where a token was used also as a challenge (RFC 9449, 7.1)."""
    answer = said({"error": error.error, "error_description": _plain(str(error))}, error.status)
    if isinstance(error, TokenInvalid | PossessionNotProved):
        answer["WWW-Authenticate"] = f'DPoP error="{error.error}", algs="ES256"'
    return answer


def _plain(text: str) -> str:
    """Only what `error_description` may hold (RFC 6749, appendix A.8)."""
    return "".join(one if " " <= one <= "~" and one not in '"\\' else "'" for one in text)
