"""Parses in ClearNLP's labels, as spaCy's own English models give them, turned into Universal Dependencies.

The two differ in more than names: in Universal Dependencies the noun, not its preposition, hangs on the verb; the
predicate, not the copula, heads its clause; conjuncts hang on the first one. The differences are those that the
Stanford converter's documentation lists (universaldependencies.org, «English specific»).
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

TELLING_LABELS = {"dobj", "pobj", "nsubjpass", "prep", "attr"}
LABELS = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "oprd": "xcomp",
    "attr": "xcomp",
    "acomp": "xcomp",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "prt": "compound:prt",
    "nn": "compound",
    "num": "nummod",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "complm": "mark",
    "meta": "dep",
    "prep": "advmod",
    "agent": "advmod",
}
BE = {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m"}
NOMINAL = ("NN", "PRP", "CD", "DT", "WP", "WDT", "EX", "$")


def speaks_clearnlp(labels: Iterable[str]) -> bool:
    """Say whether a parser with these labels follows ClearNLP's scheme."""
    return bool(TELLING_LABELS & set(labels))


def to_universal(doc: Doc) -> Doc:
    """Give the same tokens with heads and relations of Universal Dependencies."""
    tree = _Tree(doc)
    tree.turn_prepositions()
    tree.flatten_coordination()
    tree.turn_copulas()
    return tree.to_doc()


class _Tree:
    """Heads and relations of a sentence while they are rewritten."""

    def __init__(self, doc: Doc):
        self.doc = doc
        self.heads = [token.head.i for token in doc]
        self.labels = [token.dep_ for token in doc]

    def children(self, head: int, *labels: str) -> list[int]:
        return [
            i
            for i, above in enumerate(self.heads)
            if above == head and i != head and (not labels or self.labels[i] in labels)
        ]

    def is_nominal(self, i: int) -> bool:
        return self.doc[i].tag_.startswith(NOMINAL)

    def turn_prepositions(self) -> None:
        """Hang the noun on what the preposition hung on, and the preposition on the noun."""
        for i, label in enumerate(self.labels):
            if label not in ("prep", "agent", "dative"):
                continue
            for inner in self.children(i, "pobj", "pcomp")[:1]:
                nominal = self.is_nominal(self.heads[i])
                if self.labels[inner] == "pobj":
                    self.labels[inner] = "obl:agent" if label == "agent" else "nmod" if nominal else "obl"
                    self.labels[i] = "case"
                else:
                    self.labels[inner], self.labels[i] = ("acl" if nominal else "advcl"), "mark"
                self.heads[inner], self.heads[i] = self.heads[i], inner

    def flatten_coordination(self) -> None:
        """Hang every conjunct on the first one, and each conjunction on the conjunct that follows it."""
        for i, label in enumerate(self.labels):
            if label != "conj":
                continue
            first = self.heads[i]
            for conjunction in self.children(first, "cc"):
                if conjunction < i:
                    self.heads[conjunction] = i
            while self.labels[first] == "conj" and self.heads[first] != first:
                first = self.heads[first]
            self.heads[i] = first

    def turn_copulas(self) -> None:
        """Make the predicate head of a clause with «be», unless the clause says that something exists."""
        for i, token in enumerate(self.doc):
            predicates = self.children(i, "attr", "acomp")
            if token.lower_.replace("’", "'") not in BE or not predicates or self.labels[i].startswith("aux"):
                continue
            predicate = predicates[0]
            if self.children(i, "expl"):
                self.labels[predicate] = "nsubj"
                continue
            for child in self.children(i):
                self.heads[child] = predicate
            self.heads[predicate] = predicate if self.heads[i] == i else self.heads[i]
            self.labels[predicate] = self.labels[i]
            self.heads[i], self.labels[i] = predicate, "cop"

    def to_doc(self) -> Doc:
        doc = self.doc
        turned = Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            tags=[token.tag_ for token in doc],
            heads=self.heads,
            deps=[LABELS.get(label, label) for label in self.labels],
        )
        turned.user_data.update(doc.user_data)
        return turned
