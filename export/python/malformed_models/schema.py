"""Faults of the model's numbers and its fields: checks 16 to 29."""

import struct

from .drafts import Reader, byte_set, curves, full, small, spoilt, u32
from .layout import ALL, INF, NAN


def model_section():
    yield 16, "128-bytes", small().replace("model", small()["model"] + bytes(64)).data()
    yield 16, "60-bytes", small().replace("model", small()["model"][:60]).data()
    yield 16, "empty", small().replace("model", b"").data()
    yield 16, "first-reserved", byte_set(small, "model", 40, 1)
    yield 16, "last-reserved", byte_set(small, "model", 63, 1)
    for label, data in spoilt(
            small, "model", ("kind", "kind", 4), ("kind-0", "kind", 0), ("kind-4-gi", "kind", ALL),
            ("score-0", "score", 0), ("score-5", "score", 5), ("anoean-with-output", "score", 4),
            ("distilled-with-distance", "kind", 3),
            ("anoean-with-reconstruction", "score", 2), ("anoean-with-kl", "score", 3)):
        yield 17, "unknown-kind" if label == "kind" else label, data
    yield 17, "vae-with-output", full().put("model", "score", 4).data()
    for label, data in spoilt(
            small, "model", ("0-fields", "fields", 0), ("1025-fields", "fields", 1025),
            ("0-inputs", "inputs", 0), ("2049-inputs", "inputs", 2049), ("0-latent", "latent", 0),
            ("129-latent", "latent", 129), ("0-encoder-layers", "encoder", 0),
            ("17-layers", "encoder", 17), ("4-gi-encoder-layers", "encoder", ALL),
            ("layers-wrap", "decoder", ALL)):
        yield 18, label, data
    yield 18, "decoder-alone", full().put("model", "encoder", 0).data()
    yield 18, "17-with-decoder", full().put("model", "decoder", 15).data()
    yield 19, "decoder-for-distance", small().put("model", "decoder", 1).data()
    yield 19, "no-decoder-for-kl", full().put("model", "decoder", 0).data()
    yield 19, "no-decoder-for-reconstruction", (
        full().put("model", "score", 2).put("model", "beta", 0.0).put("model", "decoder", 0).data())
    yield 19, "decoder-for-output", curves().put("model", "decoder", 1).data()
    yield 19, "two-outputs-for-a-score", curves().put("model", "latent", 2).data()
    yield 20, "output-with-alpha", curves().put("model", "alpha", 1.0).data()
    yield 20, "output-with-beta", curves().put("model", "beta", 1.0).data()
    for label, data in spoilt(
            small, "model", ("distance-with-alpha", "alpha", 1.0),
            ("distance-with-beta", "beta", 1.0), ("0-rows", "rows", 0)):
        yield 20, label, data
    for label, data in spoilt(
            full, "model", ("kl-alpha-0", "alpha", 0.0), ("kl-alpha-below-0", "alpha", -1.0),
            ("kl-alpha-nan", "alpha", NAN), ("kl-alpha-infinite", "alpha", INF),
            ("kl-beta-below-0", "beta", -0.5), ("kl-beta-nan", "beta", NAN),
            ("kl-beta-infinite", "beta", INF)):
        yield 20, label, data
    for label, alpha, beta in (("reconstruction-alpha-2", 2.0, 0.0),
                               ("reconstruction-alpha-nan", NAN, 0.0),
                               ("reconstruction-with-beta", 1.0, 0.5)):
        draft = full().put("model", "score", 2)
        yield 20, label, draft.put("model", "alpha", alpha).put("model", "beta", beta).data()


def schema():
    yield 21, "empty", small().replace("strings", b"").data()
    yield 21, "empty-between-zeros", (
        small().replace("strings", b"").put("fields", "name", 256).data())
    yield 21, "first-not-nul", small().replace("strings", b"ax\0").data()
    yield 21, "last-not-nul", small().replace("strings", b"\0x\0y").data()
    yield 21, "over-1-mib", small().replace("strings", b"\0x".ljust(1048577, b"\0")).data()
    for value in (0x01, 0x09, 0x0A, 0x1F, 0x7F):
        strings = b"\0x\0" + bytes([value]) + b"\0"
        yield 22, f"byte-{value:02x}", small().replace("strings", strings).data()

    fields = small()["fields"]
    yield 23, "empty", small().replace("fields", b"").data()
    yield 23, "one-byte-short", small().replace("fields", fields[:-1]).data()
    yield 23, "one-byte-more", small().replace("fields", fields + b"\0").data()
    yield 23, "two-for-one", small().replace("fields", fields + fields).data()

    for label, data in spoilt(
            small, "fields", ("name-0", "name", 0), ("name-inside-another", "name", 2),
            ("name-at-the-end", "name", 3), ("name-beyond", "name", 4), ("name-4-gi", "name", ALL)):
        yield 24, label, data
    yield 24, "name-empty", small().replace("strings", b"\0\0x\0").data()
    yield 24, "name-mid-string", (
        small().replace("strings", b"\0xyz\0").put("fields", "name", 2).data())
    yield 24, "name-256-bytes", small().replace("strings", b"\0" + b"n" * 256 + b"\0").data()
    yield 24, "last-field", full().put("fields", "name", 0, 3).data()
    yield 25, "kind-0", small().put("fields", "kind", 0).data()
    yield 25, "kind-3", full().put("fields", "kind", 3, 3).data()
    for label, data in spoilt(
            full, "fields", ("numeric-first", "first", 5, 3), ("numeric-count", "count", 1, 0),
            ("symbolic-first", "first", 1, 1), ("second-symbolic-first", "first", 2, 2),
            ("0-categories", "count", 0, 1), ("1025-categories", "count", 1025, 1),
            ("4-gi-categories", "count", ALL, 2)):
        yield 26, label, data

    categories = full()["categories"]
    yield 26, "0-categories-throughout", (
        full().replace("categories", categories[12:]).put("fields", "count", 0, 1)
        .put("fields", "first", 0, 2).data())
    yield 26, "more-than-inputs", full().put("model", "inputs", 4).data()
    yield 27, "short", full().replace("categories", categories[:-4]).data()
    yield 27, "long", full().replace("categories", categories + bytes(4)).data()
    yield 27, "not-a-multiple-of-4", full().replace("categories", categories + b"\0").data()
    yield 27, "without-symbolic-fields", small().replace("categories", u32(1)).data()

    def with_categories(*names):
        """The rich file with these bytes as the names of field b."""
        draft = full()
        for i, name in enumerate(names):
            draft["categories"][4 * i:4 * i + 4] = u32(len(draft["strings"]))
            draft["strings"].extend(name + b"\0")
        return draft.data()

    yield 28, "name-0", full().replace("categories", u32(0) + categories[4:]).data()
    yield 28, "name-4-gi", full().replace("categories", categories[:-4] + u32(ALL)).data()
    end = len(full()["strings"])
    yield 28, "name-at-the-end", full().replace("categories", categories[:-4] + u32(end)).data()
    yield 28, "name-256-bytes", with_categories(b"x", b"y", b"z" * 256)
    yield 28, "name-empty", with_categories(b"", b"y", b"z")
    yield 28, "name-mid-string", full().replace(
        "strings", full()["strings"] + b"xyz\0").replace(
        "categories", categories[:8] + u32(end + 2) + categories[12:]).data()
    yield 28, "descending", full().replace(
        "categories", categories[4:8] + categories[:4] + categories[8:]).data()
    yield 28, "one-offset-twice", full().replace(
        "categories", categories[:4] + categories[:4] + categories[8:]).data()
    yield 28, "one-text-twice", with_categories(b"x", b"y", b"y")
    yield 28, "prefix-after", with_categories(b"ab", b"a", b"z")
    yield 28, "signed-order", with_categories(b"\xc3\xa9", b"y", b"z")
    yield 28, "second-field", full().replace(
        "categories", categories[:12] + categories[16:] + categories[12:16]).data()
    name_of_a, = struct.unpack_from(Reader.order + "I", full()["fields"], 0)
    yield 29, "one-offset", full().put("fields", "name", name_of_a, 3).data()
    yield 29, "one-text", (
        full().replace("strings", full()["strings"] + b"a\0").put("fields", "name", end, 1).data())
