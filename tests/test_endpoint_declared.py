"""What an endpoint is called, and what it refuses before anything is spent: no network."""

from typing import Any

import pytest

from hornbook.errors import UsageError
from hornbook.teacher.endpoint import Endpoint


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "localhost:8000"}, "no address"),
        ({"url": "ftp://a/v1"}, "no address"),
        ({"url": "http://a:port/v1"}, "no address"),
        ({"url": "http://[::1/v1"}, "no address"),
        ({"url": "http://me:secret@a/v1"}, "environment variable"),
        ({"proxy": "http://me:secret@a"}, "proxy='environment'"),
        ({"proxy": "localhost:3128"}, "no address"),
        ({"url": "http://a/v1/chat/completions"}, "appends itself"),
        ({"model": ""}, "model is empty"),
        ({"concurrency": 0}, "concurrency is 0"),
        ({"extra": {"n": 4}}, "extra sets n"),
        ({"extra": {"x": object()}}, "JSON cannot say"),
        ({"key_variable": "NO_SUCH_VARIABLE"}, r"\$NO_SUCH_VARIABLE, which is not set"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_spent(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        Endpoint(**({"url": "http://a/v1", "model": "m"} | wrong))
    assert "secret" not in str(caught.value)


def test_the_name_is_model_and_revision_or_what_was_declared() -> None:
    assert Endpoint(url="http://a/v1", model="m").teacher_name == "m"
    assert Endpoint(url="http://a/v1", model="m", revision="r").teacher_name == "m@r"
    assert Endpoint(url="http://a/v1", model="m", revision="r", name="n").teacher_name == "n"
