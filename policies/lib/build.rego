# METADATA
# title: Builder of inputs
# description: Makes inputs for the tests of policies, in the shape that `pia-check schema input` describes.
package pia_check.build

# case_of returns an input with these claims and comparisons; a comparison is
# given as [topic, entry].
case_of(claims, comparisons) := {
	"version": 1,
	"case": {"id": "test", "title": "Test"},
	"system": {"name": "", "operator": "", "contractor": ""},
	"documents": [document |
		some kind in {claim.kind | some claim in claims}
		document := {
			"id": kind, "kind": kind, "side": sides[kind], "title": kind,
			"name": sprintf("%s “%s”", [kind, kind]), "superseded": false, "redacted": [],
		}
	],
	"sides": {side: [kind | some kind in {claim.kind | some claim in claims}; sides[kind] == side] |
		some side in ["public", "binding", "observed"]
	},
	"claims": claims,
	"position": {claim.id: i | some i, claim in claims},
	"superseded": [],
	"topics": {topic: {side: [claim.id | some claim in claims; claim.topic == topic; claim.side == side] |
		some side in ["public", "binding", "observed"]
	} |
		some topic in topics
	},
	"own_topics": {},
	"named": by_term(claims, "named"),
	"covered": by_term(claims, "covered"),
	"comparisons": {topic: [comparison[1] | some comparison in comparisons; comparison[0] == topic] |
		some topic in topics
	},
}

# by_term enters affirming claims under the terms that they name, or under all
# of their lineage.
by_term(claims, which) := {topic: {kind: {field: {term: ids |
	some term in {term |
		some claim in claims
		relevant(claim, topic, kind)
		some term in terms(claim, field, which)
	}
	ids := [claim.id |
		some claim in claims
		relevant(claim, topic, kind)
		term in terms(claim, field, which)
	]
} |
	some claim in claims
	relevant(claim, topic, kind)
	some field, _ in claim.lineage
} |
	some kind in {claim.kind | some claim in claims}
} |
	some topic in {claim.topic | some claim in claims}
}

relevant(claim, topic, kind) if {
	claim.topic == topic
	claim.kind == kind
	claim.polarity == "does"
}

terms(claim, field, "covered") := claim.lineage[field]

terms(claim, field, "named") := claim[claim.topic][field]

topics := [
	"retention", "collection", "tracking", "use", "sharing", "source",
	"rights", "safeguard", "coverage", "clause", "oversight",
]

sides := {
	"pia": "public", "sorn": "public", "notice": "public", "statement": "public",
	"contract": "binding", "records-schedule": "binding", "statute": "binding",
	"foia-record": "observed", "audit": "observed", "report": "observed",
}

# claim returns a claim of a document of that kind.
claim(id, kind, topic, modality, values) := {
	"id": id, "document": kind, "document_name": sprintf("%s “%s”", [kind, kind]),
	"kind": kind, "side": sides[kind], "topic": topic, "modality": modality,
	"polarity": polarity(modality), "review": "accepted", "redacted": false,
	"lineage": {field: terms | some field, terms in values; is_array(terms)},
	topic: values,
}

polarity("does") := "does"

polarity("may") := "does"

polarity("must") := "does"

polarity("does-not") := "does-not"

polarity("must-not") := "does-not"

# entry returns a comparison of a claim at these terms with public claims.
entry(claim, at, others) := object.union(said(claim), {
	"claim": claim.id, "document": claim.document, "document_name": claim.document_name, "kind": claim.kind,
	"side": claim.side, "polarity": claim.polarity, "at": at, "with": others,
})

# other returns one public claim of a comparison.
other(claim, at, relation) := object.union(said(claim), {
	"claim": claim.id, "document": claim.document, "document_name": claim.document_name, "kind": claim.kind,
	"polarity": claim.polarity, "at": at, "relation": relation, "unbounded": [],
})

said(claim) := {"says": claim.retention.says}

said(claim) := {} if not claim.retention.says

# named returns the claims that each member of a policy's set names.
named(findings) := {finding.claims | some finding in findings}

# retention returns a retention claim on all personal data.
retention(id, kind, modality, period_kind, text) := claim(id, kind, "retention", modality, {
	"kind": period_kind, "text": text, "data": ["personal-data"],
	"says": sprintf("personal data is kept %s", [text]),
})
