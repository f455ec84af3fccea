"""The seal itself: who can open what, and what happens to text that was changed or moved."""

import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.store.sealing import (
    MARK,
    NO_KEYS,
    Broken,
    CannotOpen,
    Keys,
    UnknownKey,
    WeakKey,
    key_of,
)

OLD, NEW = secrets.token_urlsafe(32), secrets.token_hex(32)
NAME = "contacts.name"
TYPED = st.text() | st.text().map(lambda text: MARK + text)


@given(TYPED)
def test_what_is_sealed_comes_back_under_its_key_alone(text: str) -> None:
    keys = Keys(OLD)
    for sealed in (keys.seal(text, NAME), keys.seal_alike(text, NAME)):
        assert keys.open(sealed, NAME) == Keys(NEW, OLD).open(sealed, NAME) == text
        if text:
            assert sealed.startswith(MARK) and keys.is_fresh(sealed)
            for others in (Keys(NEW), NO_KEYS):
                with pytest.raises(UnknownKey, match=re.escape(keys.ids[0])):
                    others.open(sealed, NAME)


@given(TYPED)
def test_without_a_key_text_is_as_it_was_and_a_key_can_be_set_later(text: str) -> None:
    plain = NO_KEYS.seal(text, NAME)
    assert plain == text or text.startswith(MARK)
    assert NO_KEYS.open(plain, NAME) == Keys(OLD).open(plain, NAME) == text
    assert NO_KEYS.is_fresh(plain) and Keys(OLD).is_fresh(plain) == (not text)


def test_equal_texts_look_equal_only_where_that_is_wanted() -> None:
    keys = Keys(OLD)
    assert keys.seal("Acme", NAME) != keys.seal("Acme", NAME)
    assert keys.seal_alike("acme", "contacts.key") == keys.seal_alike("acme", "contacts.key")
    assert keys.seal_alike("acme", "contacts.key") != keys.seal_alike("acme", "insights.key")
    assert keys.seal_alike("acme", "contacts.key") != keys.seal_alike("acmf", "contacts.key")


def test_what_was_sealed_under_any_key_or_none_is_found() -> None:
    written = [keys.seal_alike("acme", "contacts.key") for keys in (Keys(NEW), Keys(OLD), NO_KEYS)]
    assert Keys(NEW, OLD).spellings("acme", "contacts.key") == written
    assert NO_KEYS.spellings("acme", "contacts.key") == ["acme"]
    assert Keys(NEW, OLD).spellings("", "contacts.key") == [""]


@pytest.mark.parametrize("how", ["seal", "seal_alike"])
def test_what_was_changed_in_any_place_or_moved_is_refused(how: str) -> None:
    keys = Keys(OLD)
    sealed: str = getattr(keys, how)("Jana Nováková", NAME)
    with pytest.raises(Broken, match=r"touches\.text"):
        keys.open(sealed, "touches.text")
    for place in range(len(MARK), len(sealed) - 3):  # the last letters hold bits of no meaning
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(CannotOpen):
            keys.open(changed, NAME)
    for changed in (sealed[:-4], sealed[:30], f"{MARK}nothing", MARK + key_of(sealed) + ".AAAA"):
        with pytest.raises(Broken) as refused:
            keys.open(changed, NAME)
        assert "Jana" not in str(refused.value) and changed not in str(refused.value)


@pytest.mark.parametrize(
    "weak",
    [
        "secret",
        "a" * 64,
        "correct horse battery staple, over and over again",
        "",
        pytest.param(OLD[:42], id="a letter too few"),
    ],
)
def test_a_weak_key_is_refused_without_repeating_it(weak: str) -> None:
    with pytest.raises(WeakKey, match="python -m bot key") as refused:
        Keys(weak)
    assert not weak or weak not in str(refused.value)


def test_keys_stand_in_one_setting_and_print_nothing_of_themselves() -> None:
    keys = Keys.of(f" {NEW} , {OLD}, {NEW}")
    assert keys.ids == (Keys(NEW).ids[0], Keys(OLD).ids[0])
    assert NEW not in repr(keys) and OLD not in repr(keys)
    assert not Keys.of(" , ") and keys
