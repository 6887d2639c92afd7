from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "domain.yml": """\
version: "3.1"
intents:
  - service
  - aspect
  - greet
  - human
  - cancel
  - nlu_fallback
  - restart
entities:
  - district
  - service
slots:
  language:
    type: text
    influence_conversation: false
    mappings:
      - type: custom
  service:
    type: text
    influence_conversation: false
    mappings:
      - type: custom
  is_urgent:
    type: bool
    mappings:
      - type: custom
  description:
    type: text
    influence_conversation: false
    mappings:
      - type: from_text
        conditions:
          - active_loop: form_report
            requested_slot: description
forms:
  form_report:
    required_slots:
      - description
    ignored_intents:
      - service
      - aspect
      - human
      - cancel
      - restart
actions:
  - action_answer
  - action_smalltalk
  - validate_form_report
responses:
  utter_fee:
    - text: "„{service}“ kostet {fee}."
    - condition:
        - type: slot
          name: language
          value: en
      text: "“{service}” costs {fee}."
  utter_greet:
    - text: "Guten Tag!"
      buttons:
        - title: "Reisepass"
          payload: '/service{"service": "reisepass"}'
    - condition:
        - type: slot
          name: language
          value: en
      text: "Hello!"
  utter_ask_description:
    - text: "Was ist passiert?"
    - condition:
        - type: slot
          name: language
          value: en
      text: "What happened?"
""",
    "actions/answer.py": """\
class ActionAnswer:
    action_name = "action_answer"

    def reply(self, turn):
        facts = {"service": turn.service}
        facts["fee"] = turn.fee
        turn.button("Reisepass", "service", {"service": "reisepass"})
        return turn.wording.text("utter_fee", **facts)


class ActionSmalltalk:
    action_name = "action_smalltalk"

    def reply(self, turn):
        return turn.fresh(f"utter_{turn.said.intent}")
""",
    "actions/report.py": """\
class ValidateReport:
    def name(self):
        return "validate_form_report"
""",
    "data/nlu/ausweise/reisepass.yml": """\
# Applying for a passport
version: "3.1"
nlu:
- intent: service/reisepass
  metadata:
    aspect: overview
  examples: |
    - reisepass beantragen
"""
    + "".join(f"    - Reisepass Nummer {n} bitte\n" for n in range(24))
    + """\
- intent: service/reisepass
  metadata:
    aspect: fee
  examples: |
    - Was kostet der Reisepass in [Hüls](district)?
""",
    "data/nlu/aspects/fee.yml": """\
version: "3.1"
nlu:
- intent: aspect/fee
  examples: |
    - und was kostet das?
""",
    "data/nlu/dialogue/small_talk.yml": """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - Hallo
- intent: human
  examples: |
    - ein Mensch bitte
- intent: cancel
  examples: |
    - abbrechen
- intent: restart
  examples: |
    - von vorn
""",
    "data/nlu/lookups/places.yml": """\
version: "3.1"
nlu:
- lookup: district
  examples: |
    - Krefeld-Uerdingen
    - Krefeld
- synonym: Bürgerbüro Mitte
  examples: |
    - Bürgeramt
- synonym: Rathaus
  examples: |
    - Stadthaus
""",
    "data/rules/conversation.yml": """\
version: "3.1"
rules:
  - rule: Leistung
    steps:
      - intent: service
      - action: action_answer
  - rule: Nachfrage
    steps:
      - or:
          - intent: aspect
          - intent: nlu_fallback
      - action: action_answer
  - rule: Begrüßung
    steps:
      - intent: greet
      - action: action_smalltalk
  - rule: Mensch
    steps:
      - intent: human
      - action: action_smalltalk
  - rule: Abbrechen, eilig
    condition:
      - slot_was_set:
          - is_urgent: true
    steps:
      - intent: cancel
      - action: form_report
      - active_loop: form_report
""",
    "data/stories/topics.yml": """\
version: "3.1"
stories:
  - story: Thema wechseln
    steps:
      - intent: service
      - action: action_answer
      - intent: aspect
      - action: action_answer
""",
    "portal/seed/services/ausweise/reisepass.yml": """\
slug: reisepass
name: Reisepass beantragen
category: ausweise
""",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project in which every check is content."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
