package check

import "github.com/pia-check/pia-check/claims"

// FindingSchema returns the JSON Schema (2020-12) of the JSON report.
func FindingSchema() map[string]any {
	type object = map[string]any
	closed := func(properties object, required ...string) object {
		return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	}
	str, count := object{"type": "string"}, object{"type": "integer", "minimum": 0}
	list := func(items any) object { return object{"type": "array", "items": items} }
	counts := func(names ...string) object {
		properties := object{}
		for _, n := range names {
			properties[n] = count
		}
		return closed(properties, names...)
	}
	outcomes, severities, states := texts(Outcomes), texts(Severities), texts(States)
	newFailing := counts(severities...)
	newFailing["description"] = "The failing findings that the baseline doesn't have."
	summary := closed(object{
		"cases": count, "outcomes": counts(outcomes...), "failing": counts(severities...), "new": newFailing, "errors": count,
	}, "cases", "outcomes", "failing", "errors")
	page := object{"type": "integer", "minimum": 1}
	line := object{"type": "integer", "minimum": 1, "description": "Where the claim stands in its file, from 1."}
	citation := closed(object{
		"quote": str, "page": page, "end_page": page, "section": str,
		"page_label":     object{"type": "string", "description": "The page number as printed, where it differs."},
		"end_page_label": str,
		"start":          object{"type": "integer", "minimum": 0, "description": "First character in the document's text, from 0."},
		"end":            object{"type": "integer", "minimum": 1, "description": "Character after the quote."},
		"match":          object{"enum": []string{"exact", "folded", "elided", "ocr"}},
		"similarity":     object{"type": "number", "minimum": 0, "maximum": 1, "description": "Of ocr: the share of the characters that stand as quoted."},
		"confidence":     object{"type": "number", "minimum": 0, "maximum": 1, "description": "Of ocr: how sure the OCR was of the page."},
	}, "quote", "page", "start", "end", "match")
	document := closed(object{
		"id": str, "kind": str, "side": object{"enum": claims.Sides}, "title": str, "path": str, "url": str, "date": str,
		"sha256":     object{"type": "string", "pattern": "^[0-9a-f]{64}$"},
		"supersedes": list(str),
		"superseded": object{"type": "boolean", "description": "A newer document of the case takes its place."},
		"notices":    object{"type": "array", "items": str, "description": "What a reader of the file must know, such as pages that were not read."},
	}, "id", "kind", "side", "title", "path")
	claim := closed(object{
		"id": str, "document": document, "topic": str,
		"modality": object{"enum": claims.Modalities}, "review": object{"enum": claims.Reviews},
		"values":     object{"type": "object", "description": "The values of the topic, as policies see them."},
		"says":       object{"type": "string", "minLength": 1, "description": "The values in words that can follow the document's name."},
		"redacted":   object{"type": "boolean"},
		"implied_by": closed(object{"claim": str, "clause": str}, "claim", "clause"),
		"file":       str, "line": line, "column": line,
		"citations": object{"type": "array", "minItems": 1, "items": citation},
	}, "id", "document", "topic", "modality", "values", "says", "review", "file", "line", "column", "citations")
	claim["allOf"] = valuesByTopic()
	finding := closed(object{
		"policy": str, "title": str, "severity": object{"enum": severities}, "topic": str,
		"outcome": object{"enum": outcomes}, "message": str,
		"unreviewed":  object{"type": "boolean", "description": "Rests on a claim that no person has reviewed."},
		"fingerprint": object{"type": "string", "description": "The same for the same finding across runs, however files move."},
		"baseline":    object{"enum": states, "description": "How the finding stands to the baseline, where there is one."},
		"was":         closed(object{"outcome": object{"enum": outcomes}, "severity": object{"enum": severities}, "message": str}, "outcome", "severity", "message"),
		"waiver":      closed(object{"reason": str, "who": str, "until": str}, "reason", "who", "until"),
		"claims":      list(claim),
	}, "policy", "title", "severity", "topic", "outcome", "fingerprint")
	finding["if"] = object{"properties": object{"outcome": object{"const": NotApplicable}}}
	finding["else"] = object{"required": []string{"message", "claims"}, "properties": object{"claims": object{"minItems": 1}}}
	problem := closed(object{"file": str, "line": count, "column": count, "message": str}, "message")
	absent := list(finding)
	absent["description"] = "Findings of the baseline that are gone."
	superseded := list(claim)
	superseded["description"] = "What superseded documents claimed; it is not compared."
	notices := list(problem)
	notices["description"] = "Worth knowing, but no error."
	schema := closed(object{
		"version": object{"const": ReportVersion},
		"policies": list(closed(object{
			"id": str, "title": str, "description": str, "severity": object{"enum": severities}, "topic": str,
			"authority": list(closed(object{"title": str, "url": str}, "title", "url")),
		}, "id", "title", "description", "severity", "topic", "authority")),
		"cases": list(closed(object{
			"path": object{"type": "string", "description": "The case, as it was given."},
			"file": object{"type": "string", "description": "The case file."},
			"dir":  object{"type": "string", "description": "The folder that the documents' paths are relative to."},
			"id":   str, "title": str, "documents": list(document), "findings": list(finding),
			"absent": absent, "superseded": superseded, "unclaimed": list(str), "notices": notices, "errors": list(problem), "summary": summary,
		}, "path", "documents", "findings", "errors", "summary")),
		"errors":  list(problem),
		"summary": summary,
	}, "version", "policies", "cases", "errors", "summary")
	schema["$schema"], schema["title"] = "https://json-schema.org/draft/2020-12/schema", "pia-check findings"
	return schema
}

func texts[T ~string](names []T) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = string(n)
	}
	return list
}

// valuesByTopic closes the values of each built-in topic.
func valuesByTopic() []any {
	type object = map[string]any
	var all []any
	for i := range claims.Topics() {
		t := &claims.Topics()[i]
		all = append(all, object{
			"if":   object{"properties": object{"topic": object{"const": t.Name}}},
			"then": object{"properties": object{"values": t.ValuesSchema()}},
		})
	}
	return all
}

// ReportVersion is the version of the JSON report's shape. It changes when a
// program that reads the report would have to.
const ReportVersion = 2
