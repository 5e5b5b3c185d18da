"""JSON of any shape, with the words of the mapping language sprinkled in."""

from hypothesis import strategies as st

from mockpin_transformer.mappings.registry import DIRECTIVES

TEXTS = st.sampled_from(
    ["", "a", "$.a", "a.b[0]", "{{a}}", "{{{a}}}", "lower", "left", "encode", "x" * 11, "é😀"]
)
NUMBERS = st.sampled_from([0, 1, -1, 2.5, 1e21, 1e-7, 2**70]) | st.floats(
    allow_nan=False, allow_infinity=False
)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS | st.text(max_size=5)
OPERANDS = ("exists", "blank", "then", "else", "operator", "value", "pattern", "replacement", "pattern2")
MORE_OPERANDS = ("direction", "objects", "separator", "mode", "apply", "mapping", "ignorecase", "global")
KEYS = st.sampled_from(["a", "b", "0", "", "_metadata", *OPERANDS, *MORE_OPERANDS])


def _containers(children: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return (
        st.lists(children, max_size=3)
        | st.dictionaries(KEYS, children, max_size=4)
        | st.builds(
            lambda name, operand: {name: operand}, st.sampled_from([*DIRECTIVES, "@nothing"]), children
        )
    )


JSON_VALUES = st.recursive(SCALARS, _containers, max_leaves=20)
