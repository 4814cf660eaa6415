"""What the server answers: samples in the forms of OpenAI's completions and chat completions."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hornbook.lm.serve_requests import Ask
from hornbook.lm.writing import Sample, Token

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What all parts of one answer share."""

    ask: Ask
    model: str
    id: str
    created: int

    def whole(self, samples: Sequence[Sample], prompt_tokens: int) -> Json:
        """Return the answer in one piece."""
        choice = _chat_choice if self.ask.chat else _completion_choice
        return {
            **self._head("chat.completion" if self.ask.chat else "text_completion"),
            "choices": [choice(index, sample, self.ask) for index, sample in enumerate(samples)],
            "usage": usage(samples, prompt_tokens),
        }

    def part(self, index: int, text: str, finish: str | None, *, first: bool) -> Json:
        """Return a part of a stream: new text of one sample, or why it ended."""
        choice: Json = {"index": index, "logprobs": None, "finish_reason": finish}
        if self.ask.chat:
            role = {"role": "assistant"} if first else {}
            choice["delta"] = role | ({"content": text} if text or first else {})
        else:
            choice["text"] = text
        return {**self._head(self._streamed), "choices": [choice]}

    def count(self, samples: Sequence[Sample], prompt_tokens: int) -> Json:
        """Return the last part of a stream that was asked to tell its usage."""
        return {**self._head(self._streamed), "choices": [], "usage": usage(samples, prompt_tokens)}

    @property
    def _streamed(self) -> str:
        return "chat.completion.chunk" if self.ask.chat else "text_completion"

    def _head(self, form: str) -> Json:
        return {"id": self.id, "object": form, "created": self.created, "model": self.model}


def begin(ask: Ask, model: str) -> Answer:
    """Return the frame of a new answer."""
    prefix = "chatcmpl" if ask.chat else "cmpl"
    return Answer(ask=ask, model=model, id=f"{prefix}-{uuid.uuid4().hex}", created=int(time.time()))


def usage(samples: Sequence[Sample], prompt_tokens: int) -> Json:
    """Return the counts; a prompt counts once for all of its samples."""
    written = sum(sample.num_tokens for sample in samples)
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": written,
        "total_tokens": prompt_tokens + written,
    }


def _completion_choice(index: int, sample: Sample, ask: Ask) -> Json:
    logprobs = None if ask.sampling.logprobs is None else _completion_logprobs(sample.tokens)
    return {"index": index, "text": sample.text, "logprobs": logprobs, "finish_reason": sample.finish}


def _chat_choice(index: int, sample: Sample, ask: Ask) -> Json:
    logprobs = None
    if ask.sampling.logprobs is not None:
        content = [
            {**_token(token.text, token.logprob), "top_logprobs": [_token(*pair) for pair in token.top]}
            for token in sample.tokens
        ]
        logprobs = {"content": content, "refusal": None}
    message = {"role": "assistant", "content": sample.text, "refusal": None}
    return {"index": index, "message": message, "logprobs": logprobs, "finish_reason": sample.finish}


def _token(text: bytes, logprob: float) -> Json:
    return {"token": _shown(text), "logprob": logprob, "bytes": list(text)}


def _completion_logprobs(tokens: Sequence[Token]) -> Mapping[str, Any]:
    offsets, before = [], b""
    for token in tokens:
        offsets.append(len(before.decode(errors="replace")))
        before += token.text
    return {
        "tokens": [_shown(token.text) for token in tokens],
        "token_logprobs": [token.logprob for token in tokens],
        "top_logprobs": [{_shown(text): value for text, value in token.top} for token in tokens],
        "text_offset": offsets,
    }


def _shown(text: bytes) -> str:
    """Return a token as text: bytes that are no text as OpenAI writes them, the separator as nothing."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return "bytes:" + "".join(f"\\x{byte:02x}" for byte in text)
