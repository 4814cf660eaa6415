"""The chat template of a Hugging Face folder: what a conversation becomes before a model goes on with it.

Hugging Face writes it as Jinja into tokenizer_config.json, or chat_template.jinja beside it
(huggingface.co/docs/transformers/chat_templating). It came with the model, so it runs in Jinja's sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import orjson
from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hornbook.errors import UsageError
from hornbook.lm.tokens import END_OF_TEXT
from hornbook.teacher.protocol import Message


class ChatTemplate:
    """A template that only uses what our tokenizers can spell: no special token but the separator in front."""

    def __init__(self, source: str, special_tokens: Sequence[str], folder: Path) -> None:
        """Compile a template; raises UsageError for one that cannot be, or that uses `special_tokens`."""
        for name in ("eos_token", *special_tokens):
            if name in source:
                raise UsageError(
                    f"the chat template in {folder} uses {name}, and hornbook writes no special token but the "
                    "separator in front; take --teacher-set api=completions, or another server for this folder"
                )
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _refuse
        self.source = source
        try:
            self._template = environment.from_string(source)
        except TemplateError as error:
            raise UsageError(f"the chat template in {folder} is not Jinja: {error}") from None

    @classmethod
    def read(cls, folder: Path) -> ChatTemplate | None:
        """Return a model's template; None where its folder has none."""
        path, config = folder / "chat_template.jinja", _json(folder / "tokenizer_config.json")
        found = path.read_text() if path.exists() else config.get("chat_template")
        if isinstance(found, list):  # several for several uses, each with its name
            found = next((each["template"] for each in found if each["name"] == "default"), None)
        if not found:
            return None
        added = _json(folder / "tokenizer.json").get("added_tokens", ())
        return cls(found, [END_OF_TEXT, *(token["content"] for token in added)], folder)

    def text(self, messages: Sequence[Message]) -> str:
        """Return the prompt, without the separator, which every prompt has in front.

        Raises jinja2.TemplateError for a conversation that the template refuses.
        """
        chat = [{"role": message.role, "content": message.content} for message in messages]
        try:
            return self._template.render(messages=chat, add_generation_prompt=True, bos_token="")
        except TemplateError:
            raise
        except Exception as error:  # it is a program of somebody else's, which may fail in any way
            raise TemplateError(f"the chat template fails: {error}") from error


def plain_text(messages: Sequence[Message]) -> str:
    """Return the messages' texts with a blank line between two: what a model without a template goes on with."""
    return "\n\n".join(message.content for message in messages)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = orjson.loads(path.read_bytes()) if path.exists() else {}
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{path} is not JSON: {error}") from None
    return found if isinstance(found, dict) else {}


def _refuse(message: str) -> NoReturn:
    raise TemplateError(message)
