"""What the parses give, whichever pipeline they come from."""

from __future__ import annotations

import hashlib
import random
import re
from importlib.resources import files

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from helpers.claims import extract_claims
from helpers.language.clearnlp import speaks_clearnlp, to_universal
from helpers.language.dictionary import UNKNOWN, find_word_class
from helpers.language.parsing import LanguageModelError, load_pipeline, parse_sentences
from helpers.language.syntax import (
    agent_of,
    children,
    copula_of,
    is_finite,
    is_negated,
    is_passive,
    is_verb,
    label,
    lemma,
    modals_of,
    noun_phrase_span,
    source_text,
    span_head,
    subject_of,
)
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from stories import make_articles

# Each token is form/tag/relation/head, heads counted from 1, 0 for the root: invented sentences in ClearNLP's labels.
CLEARNLP_SENTENCES = (
    "The/DT/det/2 mayor/NN/nsubjpass/4 was/VBD/auxpass/4 sued/VBN/ROOT/0 by/IN/agent/4 the/DT/det/7 union/NN/pobj/5 "
    "in/IN/prep/4 March/NNP/pobj/8 ././punct/4",
    "The/DT/det/2 union/NN/nsubj/3 sued/VBD/ROOT/0 the/DT/det/5 mayor/NN/dobj/3 in/IN/prep/3 May/NNP/pobj/6 ././punct/3",
    "The/DT/det/2 mayor/NN/nsubj/4 never/RB/neg/4 read/VBD/ROOT/0 the/DT/det/6 report/NN/dobj/4 ././punct/4",
    "The/DT/det/2 report/NN/nsubj/3 is/VBZ/ROOT/0 a/DT/det/5 list/NN/attr/3 of/IN/prep/5 bridges/NNS/pobj/6 ././punct/3",
    "The/DT/det/2 bridges/NNS/nsubj/3 are/VBP/ROOT/0 old/JJ/acomp/3 ././punct/3",
    "Anna/NNP/nsubj/2 said/VBD/ROOT/0 the/DT/det/4 union/NN/nsubj/6 had/VBD/aux/6 closed/VBN/ccomp/2 it/PRP/dobj/6 "
    "././punct/2",
    "The/DT/det/2 union/NN/nsubj/3 sold/VBD/ROOT/0 boats/NNS/dobj/3 ,/,/punct/4 cars/NNS/conj/4 and/CC/cc/6 "
    "land/NN/conj/6 ././punct/3",
    "The/DT/det/2 report/NN/nsubjpass/4 was/VBD/auxpass/4 closed/VBN/ROOT/0 by/IN/agent/4 Anna/NNP/pobj/5 ././punct/4",
    "There/EX/expl/2 is/VBZ/ROOT/0 a/DT/det/4 report/NN/attr/2 ././punct/2",
    "The/DT/det/2 mayor/NN/nsubj/3 won/VBD/ROOT/0 by/IN/prep/3 selling/VBG/pcomp/4 land/NN/dobj/5 ././punct/3",
)


def parse(sentence: str, language_model: str | None = None) -> Doc:
    return parse_sentences([sentence], language_model)[0]


def find(doc: Doc, form: str):
    return next(token for token in doc if token.text == form)


def read_tree(vocab: spacy.vocab.Vocab, tree: str) -> Doc:
    tokens = [item.rsplit("/", 3) for item in tree.split()]
    heads = [int(head) - 1 if head != "0" else place for place, (*_, head) in enumerate(tokens)]
    return Doc(
        vocab,
        words=[form for form, *_ in tokens],
        spaces=[following[0] not in ",." for following, *_ in tokens[1:]] + [False],
        tags=[tag for _, tag, *_ in tokens],
        heads=heads,
        deps=[relation for _, _, relation, _ in tokens],
    )


@pytest.fixture(scope="module")
def clearnlp_model(tmp_path_factory) -> str:
    """Train a tagger and a parser on the sentences above and save them: another pipeline, with other labels."""
    spacy.util.fix_random_seed(3)
    nlp = spacy.blank("en")
    for name in ("tagger", "parser"):
        settings = {"min_action_freq": 1} if name == "parser" else {}
        nlp.add_pipe(
            name, config={**settings, "model": {"tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 32, "depth": 2,
            "embed_size": 300, "window_size": 1, "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}}},
        )  # fmt: skip
    golds = [read_tree(nlp.vocab, tree) for tree in CLEARNLP_SENTENCES]
    examples = [Example(Doc(nlp.vocab, [t.text for t in g], [bool(t.whitespace_) for t in g]), g) for g in golds]
    optimizer = nlp.initialize(lambda: examples)
    order = random.Random(3)
    for _ in range(70):
        order.shuffle(examples)
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("clearnlp")
    nlp.to_disk(folder)
    return str(folder)


def test_the_shipped_files_are_those_that_the_model_card_describes():
    folder = files("helpers.language.model")
    card = folder.joinpath("MODEL_CARD.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"`([\w.]+\.gz)`[^\n]*`([0-9a-f]{64})`", card))
    assert set(listed) == {"english.bin.gz", "lemmas.json.gz", "dictionary.json.gz", "wordnet.json.gz"}
    for name, digest in listed.items():
        assert hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() == digest


def test_the_weights_have_their_own_licence_with_attribution():
    text = files("helpers.language.model").joinpath("LICENSE").read_text(encoding="utf-8")
    assert all(name in text for name in ("CC BY-SA 4.0", "UD_English-EWT", "UD_English-GUM"))


def test_the_pipeline_is_loaded_once():
    assert load_pipeline() is load_pipeline(None) is load_pipeline("")


def test_offsets_are_those_of_the_sentence_as_given():
    sentence = "“We didn’t close the bridge,” said Anna Berg — the city’s engineer."
    doc = parse(sentence)
    assert source_text(doc) == sentence
    assert [sentence[token.idx : token.idx + len(token)] for token in doc][:5] == ["“", "We", "did", "n’t", "close"]
    assert len(doc.text) == len(sentence)


def test_a_quotation_of_two_sentences_stays_one_parse():
    doc = parse('"The bridge is old. It must be closed," the engineer said.')
    assert sum(1 for _ in doc.sents) == 1


def test_straight_and_typographic_marks_give_the_same_parse():
    straight = parse('"We didn\'t close it," she said.')
    curly = parse("“We didn’t close it,” she said.")
    assert [(t.tag_, t.dep_, t.head.i) for t in straight] == [(t.tag_, t.dep_, t.head.i) for t in curly]


def test_the_same_sentences_give_the_same_parses_in_any_company():
    sentences = [f"The city closed {number} bridges after engineers found cracks." for number in range(3, 40)]
    alone = [[(t.dep_, t.head.i) for t in parse(sentence)] for sentence in sentences]
    together = [[(t.dep_, t.head.i) for t in doc] for doc in parse_sentences(sentences)]
    assert alone == together


def test_an_empty_list_gives_no_parses():
    assert parse_sentences([]) == []


def test_the_subject_of_a_plain_clause():
    doc = parse("The city closed the old bridge on Monday.")
    verb = find(doc, "closed")
    assert subject_of(verb).text == "city"
    assert is_verb(verb) and is_finite(verb) and not is_passive(verb)


def test_the_agent_of_a_passive_is_not_its_subject():
    doc = parse("The bridge was closed by the city.")
    verb = find(doc, "closed")
    assert is_passive(verb)
    assert (subject_of(verb).text, agent_of(verb).text) == ("bridge", "city")


def test_coordinated_verbs_share_their_subject():
    doc = parse("The company bought the mill and dismissed ten workers.")
    assert subject_of(find(doc, "dismissed")).text == "company"


def test_a_predicate_noun_has_its_copula():
    doc = parse("The plant is the largest employer in the region.")
    assert copula_of(find(doc, "employer")).text == "is"


@pytest.mark.parametrize(
    ("sentence", "verb", "negated"),
    [
        ("The firm did not pay the fine.", "pay", True),
        ("The firm didn’t pay the fine.", "pay", True),
        ("The firm never paid the fine.", "paid", True),
        ("The firm paid no fine.", "paid", True),
        ("Nobody paid the fine.", "paid", True),
        ("The firm no longer pays the fine.", "pays", True),
        ("Neither the firm nor its owner paid the fine.", "paid", True),
        ("The firm paid the fine.", "paid", False),
        ("The firm not only paid the fine.", "paid", False),
    ],
)
def test_negation(sentence, verb, negated):
    assert is_negated(find(parse(sentence), verb)) is negated


def test_modal_verbs_of_a_clause():
    assert [token.text for token in modals_of(find(parse("The firm may sell its mills."), "sell"))] == ["may"]


@pytest.mark.parametrize(
    ("form", "sentence", "expected"),
    [
        ("sold", "The firm sold its mills.", "sell"),
        ("denied", "The firm denied the report.", "deny"),
        ("withdrew", "The firm withdrew its offer.", "withdraw"),
        ("planning", "The firm is planning a sale.", "plan"),
        ("allegations", "The allegations are false.", "allegation"),
        ("companies", "The companies agreed.", "company"),
    ],
)
def test_lemmas(form, sentence, expected):
    assert lemma(find(parse(sentence), form)) == expected


def test_the_dictionary_tells_what_a_form_can_be():
    assert find_word_class("underscores") == "sz"
    assert find_word_class("half-baked") == find_word_class("baked")
    assert find_word_class("Xqzt") == UNKNOWN


def test_a_noun_phrase_leaves_its_preposition_and_its_clauses_out():
    sentence = "The fine was paid by the owner of the mill, who lives abroad."
    doc = parse(sentence)
    span = noun_phrase_span(find(doc, "owner"))
    assert sentence[span.start : span.end] == "the owner of the mill"


def test_the_head_of_a_span_is_its_predicate():
    sentence = "The minister said the bridge was safe."
    doc = parse(sentence)
    start = sentence.index("the bridge")
    assert span_head(doc, (start, len(sentence))).text == "safe"


def test_an_unknown_language_model_is_refused_in_one_line():
    with pytest.raises(LanguageModelError, match="'no_such_model' cannot be loaded") as caught:
        load_pipeline("no_such_model")
    assert "\n" not in str(caught.value)


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(LanguageModelError, match="has no tagger and no parser"):
        load_pipeline(str(tmp_path))


def test_another_pipelines_labels_become_universal_dependencies(clearnlp_model):
    assert speaks_clearnlp(load_pipeline(clearnlp_model).get_pipe("parser").labels)
    doc = parse("The mayor was sued by the union in March.", clearnlp_model)
    verb = find(doc, "sued")
    assert (subject_of(verb).text, agent_of(verb).text, is_passive(verb)) == ("mayor", "union", True)
    assert [token.text for token in children(verb, "obl")] == ["March"]
    assert label(find(doc, "in")) == "case"


def test_another_pipelines_parse_keeps_the_sentence_as_given(clearnlp_model):
    sentence = "Anna said the union had closed it."
    doc = parse(sentence, clearnlp_model)
    assert source_text(doc) == sentence
    assert subject_of(find(doc, "closed")).text == "union"
    assert label(find(doc, "closed")) == "ccomp"


def turn(tree: str) -> dict[str, tuple[str, str]]:
    """Turn a sentence and give for each form its relation and its head's form."""
    doc = to_universal(read_tree(spacy.blank("en").vocab, tree))
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_a_preposition_hangs_on_its_noun():
    found = turn(CLEARNLP_SENTENCES[0])
    assert found["March"] == ("obl", "sued")
    assert found["in"] == ("case", "March")
    assert found["union"] == ("obl:agent", "sued")
    assert found["mayor"] == ("nsubj:pass", "sued")


def test_a_preposition_between_nouns_makes_a_nominal_modifier():
    found = turn(CLEARNLP_SENTENCES[3])
    assert found["bridges"] == ("nmod", "list")


def test_the_predicate_heads_its_copula():
    assert turn(CLEARNLP_SENTENCES[3])["is"] == ("cop", "list")
    found = turn(CLEARNLP_SENTENCES[4])
    assert (found["old"], found["are"], found["bridges"]) == (("ROOT", "old"), ("cop", "old"), ("nsubj", "old"))


def test_what_exists_is_the_subject_and_be_stays_the_verb():
    found = turn(CLEARNLP_SENTENCES[8])
    assert (found["report"], found["is"]) == (("nsubj", "is"), ("ROOT", "is"))


def test_every_conjunct_hangs_on_the_first():
    found = turn(CLEARNLP_SENTENCES[6])
    assert (found["cars"], found["land"]) == (("conj", "boats"), ("conj", "boats"))
    assert found["and"] == ("cc", "land")


def test_a_clause_after_a_preposition_is_adverbial():
    found = turn(CLEARNLP_SENTENCES[9])
    assert (found["selling"], found["by"]) == (("advcl", "won"), ("mark", "selling"))


def test_claims_can_be_read_with_another_pipeline(clearnlp_model: str):
    articles = make_articles({"paper": "The union said that the city closed the bridge."})
    claims = extract_claims(articles, split_passages(articles), language_model=clearnlp_model)
    assert "the city closed the bridge" in " ".join(claims["text"])
    assert find_mentions(claims, articles, language_model=clearnlp_model)["claim_id"].isin(claims["claim_id"]).all()
