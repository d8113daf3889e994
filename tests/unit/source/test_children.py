"""The children of a node, as the walks over syntax trees see them."""

from __future__ import annotations

import ast

from loadstone.source.scanning.children import children

EVERYTHING = """
import a.b as c
from . import d
@e
class F(g, metaclass=h):
    i: j = k
async def l(m: n, /, o=p, *q, r=s, **t) -> u:
    global v
    await w; yield x; yield from y; return
    async with z as aa: pass
    async for bb in cc: break
    else: continue
try: del dd, ee.ff
except gg as hh: raise ii from jj
else: assert kk, ll
finally: mm[nn:oo:pp] += ~qq
match rr:
    case {"ss": tt, **uu} if vv: pass
    case ww(xx, yy=zz) | [1, *ab] | None: pass
if (ac := ad) and not ae < af <= ag: [ah, *ai] = aj, {ak: al, **am}, {an}
while lambda ao=ap: aq if ar else a_s: [at for au in av if aw]
print(ax, *ay, az=ba, **bb), f"{bc!r:>{bd}}", {be: bf for bg in bh}
"""
PASSED_OVER = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)


def test_children_are_those_of_ast() -> None:
    """Every node has the children that `ast` says, in its order, less operators; a keyword stands for its value."""
    for node in ast.walk(ast.parse(EVERYTHING)):
        if not isinstance(node, ast.Global):
            expected = [one for one in ast.iter_child_nodes(node) if not isinstance(one, PASSED_OVER)]
            if isinstance(node, ast.Call):
                expected = [one.value if isinstance(one, ast.keyword) else one for one in expected]
            assert children(node) == expected, ast.dump(node)


def test_names_declared_global_are_no_children() -> None:
    """``global x`` holds names, and no nodes."""
    assert children(ast.parse("global x").body[0]) == []
