package claims

// The JSON Schemas (2020-12) of the case file and of the policies' input. Both
// follow the tables of topics, kinds and vocabularies, so that a new row shows
// up in them without further work.

type object = map[string]any

const schemaDialect = "https://json-schema.org/draft/2020-12/schema"

func closed(properties object, required ...string) object {
	o := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		o["required"] = anyList(required)
	}
	return o
}

func listOf(items any) object { return object{"type": "array", "items": items} }
func text(doc string) object  { return object{"type": "string", "description": doc} }
func number(least int, doc string) object {
	return object{"type": "integer", "minimum": least, "description": doc}
}
func oneOfStrings(values []string, doc string) object {
	return object{"type": "string", "enum": anyList(values), "description": doc}
}

// oneOrMany lets an author write a single value in place of a list.
func oneOrMany(item object, doc string) object {
	many := listOf(item)
	many["minItems"], many["uniqueItems"] = 1, true
	return object{"anyOf": []any{item, many}, "description": doc}
}

// termSchemas returns the terms of each vocabulary as an enumeration, so that
// editors complete them.
func termSchemas(v *Vocabulary) object {
	terms := object{}
	for _, l := range v.Lists() {
		terms[l.Name] = object{"type": "string", "enum": anyList(l.IDs())}
	}
	return terms
}

// claimSchema returns the schema of a claim that must have the given keys.
func claimSchema(required ...string) object {
	var topics []any
	properties := object{
		"id":       object{"type": "string", "pattern": slugForm.String(), "description": "A name of the claim, once per case."},
		"document": object{"type": "string", "description": "The id of the document that makes the claim."},
		"topic":    object{"type": "string", "description": "What the claim is about: a built-in topic, or one of your own with its values under \"values\"."},
		"modality": oneOfStrings(Modalities, "How the claim is put."),
		"review":   oneOfStrings(Reviews, "Whether a person has read the claim against its quote; accepted when left out."),
		"extracted": closed(object{
			"rule":       text("The rule or program that drafted the claim."),
			"confidence": object{"type": "number", "minimum": 0, "maximum": 1, "description": "How sure it was."},
		}, "rule"),
		"redacted": object{"type": "boolean", "description": "Whether the words that would decide are withheld."},
		"note":     text("A remark for readers of the case."),
		"citations": object{"type": "array", "minItems": 1, "items": closed(object{
			"quote":   object{"type": "string", "minLength": 1, "description": "The exact words; \"...\" or \"[...]\" leaves words out."},
			"page":    number(1, "The page of the file, from 1."),
			"section": object{"type": []any{"string", "number"}, "description": "The section's number or heading."},
			"start":   number(0, "First character of the quote in the document's text, from 0; filled by verify --update."),
			"end":     number(1, "Character after the quote."),
		}, "quote")},
		ownTopicKey: object{"description": "The values of a topic of your own."},
	}
	for _, t := range Topics() {
		fields := object{}
		var required []string
		for _, f := range t.Fields {
			fields[f.Name] = caseField(f)
			if f.Required == "always" {
				required = append(required, f.Name)
			}
		}
		properties[t.Name] = closed(fields, required...)
		properties[t.Name].(object)["description"] = t.Doc
		topics = append(topics, object{
			"if":   object{"properties": object{"topic": object{"const": t.Name}}},
			"then": object{"required": []any{t.Name}},
		})
	}
	claim := closed(properties, required...)
	claim["allOf"] = topics
	return claim
}

// CaseSchema returns the JSON Schema of a case file.
func CaseSchema(v *Vocabulary) map[string]any {
	slug := object{"type": "string", "pattern": slugForm.String()}
	schema := closed(object{
		"case": closed(object{"id": slug, "title": text("What the case is about."), "summary": text("A paragraph for readers.")}, "id", "title"),
		"system": closed(object{
			"name": text("The system or programme."), "operator": object{"$ref": "#/$defs/actors"},
			"contractor": text("Who runs it under contract."),
		}),
		"documents": listOf(closed(object{
			"id": slug, "kind": oneOfStrings(kindNames(), "What the document is; its kind decides its side."), "title": text("The document's title."),
			"path":       text("Where the file is, relative to the case file and inside its folder."),
			"sha256":     object{"type": "string", "pattern": sha256Form.String()},
			"url":        object{"type": "string", "pattern": "^https?://"},
			"date":       object{"type": []any{"string", "integer"}, "pattern": `^\d{4}(-\d{2}(-\d{2})?)?$`},
			"supersedes": oneOrMany(slug, "The ids of documents that this one replaces."),
			"redactions": listOf(closed(object{"page": number(1, "The page."), "exemption": text("The exemption claimed, such as (b)(4)."), "note": text("A remark.")}, "page")),
		}, "id", "kind", "title", "path")),
		"claims": listOf(claimSchema("id", "document", "topic", "modality", "citations")),
	}, "case", "documents")
	schema["$schema"], schema["$defs"], schema["title"] = schemaDialect, termSchemas(v), "pia-check case file"
	return schema
}

func caseField(f Field) object {
	ref := object{"$ref": "#/$defs/" + f.Vocabulary}
	switch f.Type {
	case "term":
		return object{"$ref": "#/$defs/" + f.Vocabulary, "description": f.Doc}
	case "terms":
		return oneOrMany(ref, f.Doc)
	case "names":
		return oneOrMany(object{"type": "string"}, f.Doc)
	case "enum":
		return oneOfStrings(f.Values, f.Doc)
	case "integer":
		return number(0, f.Doc)
	case "period":
		return object{"type": "string", "description": f.Doc, "anyOf": []any{
			object{"enum": anyList(namedPeriodList)},
			object{"pattern": isoDuration.String()},
			object{"pattern": isoRepeat.String()},
			object{"pattern": `^\d{4}-\d{2}-\d{2}$`},
		}}
	}
	return text(f.Doc)
}

// InputSchema returns the JSON Schema of what policies see as input. Policies
// are compiled against it, so that a slip in a name is an error and not a rule
// that never fires. (The compiler knows lists and objects with fixed keys only,
// which is why claims are a list.)
func InputSchema() map[string]any {
	str, boolean := object{"type": "string"}, object{"type": "boolean"}
	ids := listOf(str)
	side := object{"type": "string", "enum": anyList(Sides)}
	bySide := closed(object{"public": ids, "binding": ids, "observed": ids}, "public", "binding", "observed")
	anyObject := func(doc string) object { return object{"type": "object", "description": doc} }

	claim := object{
		"id": str, "document": str, "document_name": text("Kind and title of the document, for messages."),
		"kind": str, "side": side, "date": str, "topic": str, "modality": str, "polarity": str, "review": str,
		"redacted":          boolean,
		"implied_by":        text("The claim that names the clause which this claim follows from."),
		"implied_by_clause": text("That clause."),
		ownTopicKey:         object{"description": "The values of a topic that is not built in."},
	}
	lineage := object{}
	topics, comparisons := object{}, object{}
	var names []string
	for _, t := range Topics() {
		for _, f := range t.Fields {
			if f.Vocabulary != "" {
				lineage[f.Name] = ids
			}
		}
		claim[t.Name] = t.ValuesSchema()
		names = append(names, t.Name)
		topics[t.Name] = bySide
		comparisons[t.Name] = listOf(comparisonSchema(t))
	}
	byTerm := object{}
	for _, t := range Topics() {
		fields, kinds := object{}, object{}
		for _, f := range t.Fields {
			if f.Vocabulary != "" {
				fields[f.Name] = anyObject("Term to the first claims that name it.")
			}
		}
		for _, k := range Kinds {
			kinds[k.Name] = closed(fields)
		}
		byTerm[t.Name] = closed(kinds)
	}
	claim["lineage"] = closed(lineage)
	claims := listOf(closed(claim, "id", "document", "document_name", "kind", "side", "topic", "modality", "polarity", "review", "redacted", "lineage"))
	schema := closed(object{
		"version":   object{"type": "integer"},
		"case":      closed(object{"id": str, "title": str}, "id", "title"),
		"system":    closed(object{"name": str, "operator": str, "contractor": str}),
		"documents": listOf(closed(object{"id": str, "kind": str, "side": side, "title": str, "name": str, "date": str, "superseded": boolean, "redacted": listOf(object{"type": "integer"})})),
		"sides":     bySide, "claims": claims, "superseded": claims,
		"position":    anyObject("Claim id to its index in claims."),
		"topics":      closed(topics, names...),
		"own_topics":  anyObject("As topics, for topics that are not built in."),
		"named":       closed(byTerm),
		"covered":     closed(byTerm),
		"comparisons": closed(comparisons, names...),
	}, "version", "case", "system", "documents", "sides", "claims", "superseded", "position", "topics", "own_topics", "named", "covered", "comparisons")
	schema["$schema"], schema["title"] = schemaDialect, "pia-check policy input"
	return schema
}

// ValuesSchema returns the schema of the topic's values as policies see them.
func (t *Topic) ValuesSchema() map[string]any {
	fields := object{}
	for _, f := range t.Fields {
		switch f.Type {
		case "terms", "names":
			fields[f.Name] = listOf(object{"type": "string"})
		case "integer":
			fields[f.Name] = object{"type": "integer"}
		default:
			fields[f.Name] = object{"type": "string"}
		}
		if f.Type == "period" {
			fields["kind"] = text("The DPV kind of storage duration.")
			fields["text"] = text("The period in words that can follow \"is kept\".")
			fields["says"] = text("What is kept how long, in words that can follow \"says that\".")
			fields["days"] = closed(object{"min": object{"type": "number"}, "max": object{"type": "number"}}, "min", "max")
		}
	}
	return closed(fields)
}

func comparisonSchema(t Topic) object {
	str := object{"type": "string"}
	at, relation := object{}, object{"date": str}
	for _, f := range t.Fields {
		if f.Role == "" {
			continue
		}
		relation[f.Role] = str
		if f.Role != "mode" && (f.Each || f.Type != "terms") {
			at[f.Role] = str
		}
		if f.Type == "period" {
			relation["duration"] = str
		}
	}
	if t.Field("period") != nil {
		relation["duration"] = str
	}
	other := object{
		"claim": str, "document": str, "document_name": str, "kind": str, "polarity": str, "at": closed(at),
		"relation": closed(relation), "unbounded": listOf(str),
	}
	entry := object{
		"claim": str, "document": str, "document_name": str, "kind": str, "side": str, "polarity": str, "at": closed(at),
	}
	if t.Field("period") != nil {
		entry["says"], other["says"] = str, str
	}
	entry["with"] = listOf(closed(other))
	return closed(entry)
}
