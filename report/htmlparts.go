package report

import "slices"

// The parts of the page that stand there once for each case. Reports have
// thousands of them, so their markup is terse: no end tags and no quotes that
// HTML lets go, and what only a script can work the script adds.

// overview writes what a case comes to: the answer, the matrix, the periods, the
// documents.
func (v *htmlView) overview(m *markup) {
	m.tag("\n<section class=case id=case-").number(v.N).tag(">\n<h2><bdi>").text(v.Title).tag("</bdi></h2>\n<p class=\"answer ").word(string(v.Class)).tag(`">`).text(v.Verdict).tag("</p>")
	if v.Compared != "" {
		m.tag("\n<p class=compared>").text(v.Compared)
	}
	if len(v.Errors) > 0 {
		m.tag("\n<section class=errors><h3>Errors</h3>\n<p>What an error names was not checked. That is not a pass.\n<ul>")
		for _, line := range v.Errors {
			m.tag("<li>").text(line)
		}
		m.tag("</ul></section>")
	}
	if len(v.Failing) > 0 {
		m.tag("\n<section class=failing><h3>What does not hold</h3>")
		for _, f := range v.Failing {
			m.tag("\n<h4 class=").word(string(f.Severity)).tag(">").text(f.Label).tag("</h4>\n<ol>")
			for _, s := range f.Sentences {
				m.tag("\n<li><a href=#").word(s.Anchor).tag(">").text(s.Message).tag("</a>")
			}
			m.tag("\n</ol>")
		}
		if v.MoreFailing > 0 {
			m.tag("\n<p><a href=#findings-").number(v.N).tag(">").number(v.MoreFailing).tag(" more stand among the findings.</a>")
		}
		m.tag("\n</section>")
	}
	if v.Matrix != nil {
		v.Matrix.markup(m)
	}
	if v.Bars != nil {
		v.Bars.markup(m)
	}
	if len(v.Documents) > 0 {
		m.tag("\n<section><h3>").text(v.DocumentsTitle).tag("</h3>\n<ol class=time>")
		for _, d := range v.Documents {
			d.markup(m)
		}
		m.tag("\n</ol></section>")
	}
	m.tag("\n</section>\n")
}

func (x *htmlMatrix) markup(m *markup) {
	m.tag("\n<section><h3>Where the claims conflict</h3>\n<div class=scroll tabindex=0 role=group aria-label=\"Topics against documents\">\n<table class=matrix>\n" +
		"<caption>How many findings rest on what each document says of a topic</caption>\n<thead>\n<tr><td>")
	for _, s := range x.Sides {
		m.tag("<th scope=colgroup colspan=").number(s.Span).tag(" class=").word(string(s.Side)).tag(">").text(s.Label)
	}
	m.tag("\n<tr><th scope=col>Topic")
	for _, d := range x.Documents {
		m.tag("<th scope=col><a href=#").word(d.Anchor).tag("><bdi>").text(d.Title).tag("</bdi></a>")
	}
	m.tag("\n<tbody>")
	for _, row := range x.Rows {
		m.tag("\n<tr><th scope=row>").text(row.Topic)
		for _, field := range row.Fields {
			m.tag("<td>")
			for _, k := range field {
				m.tag("<a class=").word(string(k.Outcome)).tag(" href=#").word(k.Anchor).tag(" data-f=").word(k.Filter).tag(">").text(k.Text).tag("</a>")
			}
		}
		m.tag("</tr>")
	}
	m.tag("\n</table></div></section>")
}

func (x *htmlBars) markup(m *markup) {
	m.tag("\n<section><h3>How long data is kept</h3>\n<table class=bars>\n<caption>").text(x.Scale).
		tag("</caption>\n<thead><tr><th scope=col>Document<th scope=col>What it says<th scope=col>Length")
	for _, d := range x.Documents {
		m.tag("\n<tbody class=").word(string(d.Document.Side)).tag(">")
		for i, row := range d.Rows {
			m.tag("\n<tr>")
			if i == 0 {
				m.tag("<th scope=rowgroup rowspan=").number(len(d.Rows)).tag("><b>").text(d.Document.SideLabel).tag("</b> <a href=#").word(d.Document.Anchor).
					tag("><bdi>").text(d.Document.Title).tag("</bdi></a>")
			}
			m.tag("<td>").text(row.Says).tag("<td>")
			switch {
			case row.Endless:
				m.tag(`<svg aria-hidden=true><rect width="100%" /><svg x=100%><path d="M-1 -1L16 10L-1 21z"/></svg></svg>`)
			case row.Width != "":
				m.tag(`<svg aria-hidden=true><rect width="`).text(row.Width).tag(`" /></svg>`)
			default:
				m.tag("no fixed length")
			}
		}
	}
	m.tag("\n</table></section>")
}

// markup writes a document and what it said.
func (d *htmlDocument) markup(m *markup) {
	m.tag("\n<li class=").word(string(d.Side)).tag(" id=").word(d.Anchor).tag(` data-kind="`).text(d.KindLabel).tag(`" data-date="`).text(d.Date).tag("\">\n<p class=date>")
	if d.Date != "" {
		m.tag(`<time datetime="`).text(d.Date).tag(`">`).text(d.DateText).tag("</time>")
	} else {
		m.tag("No date")
	}
	m.tag("\n<div><p><b>").text(d.SideLabel).tag("</b> <cite><bdi>").text(d.Title).tag("</bdi></cite>")
	if d.Kind != "" {
		m.tag(", ").text(d.Kind)
	}
	if d.URL != "" {
		m.tag(` (<a href="`).text(d.URL).tag(`">`).text(d.Host).tag("</a>)")
	}
	for _, note := range d.Notes {
		m.tag("<p class=note>").text(note)
	}
	if len(d.Said) > 0 {
		m.tag("<ul>")
		for _, s := range d.Said {
			m.tag("\n<li><span>").text(s.Topic).tag("</span><span><q>").text(s.Quote).tag("</q>, <i>").text(s.Place).tag("</i></span>")
		}
		m.tag("\n</ul>")
	}
	if d.MoreSaid > 0 {
		m.tag("<p class=note>").number(d.MoreSaid).tag(" more of its quotes stand among the findings.")
	}
	m.tag("\n</div>")
}

// findings writes the findings of a case; cut is called where the page may be
// parted.
func (v *htmlView) findings(m *markup, cut func() error) error {
	m.tag("\n<h3 id=findings-").number(v.N).tag("><bdi>").text(v.Title).tag("</bdi></h3>")
	for _, g := range v.Groups {
		m.tag("\n<h4 class=").word(string(g.Outcome)).tag(">").text(g.Label).tag(" <span>").number(g.Count).tag("</span></h4>")
		for _, e := range g.Entries {
			e.markup(m)
			if err := cut(); err != nil {
				return err
			}
		}
	}
	for _, line := range slices.Concat(v.Gone, v.NotApplicable) {
		m.tag("\n<p class=rest>").text(line).tag("</p>")
	}
	return cut()
}

func (e *htmlEntry) markup(m *markup) {
	m.tag("\n<article class=").word(string(e.Outcome))
	if e.Baseline != "" {
		m.tag(" data-b=").word(e.Baseline)
	}
	m.tag(" data-s=").word(string(e.Severity)).tag("><h5><b>").text(e.Mark).tag("</b> ").text(e.Title).tag(" <i>").text(e.Policy).tag("</i></h5>")
	for _, f := range e.Findings {
		m.tag("<p id=").word(f.Anchor).tag(">").text(f.Message)
	}
	for _, note := range e.Notes {
		m.tag("<p class=note>").text(note)
	}
	for _, c := range e.Columns {
		switch {
		case c.Alone:
			m.tag("<div class=alone>")
		case c.Many:
			m.tag("<div>")
		}
		for _, f := range c.Figures {
			m.made(f)
		}
		if c.Alone || c.Many {
			m.tag("</div>")
		}
	}
	m.tag("</article>")
}

// htmlFigure is a claim as a finding shows it: a quote with its place.
type htmlFigure struct {
	document  *htmlDocument
	key       string // of its document and topic, to filter by
	citations []htmlCitation
}

type htmlCitation struct {
	Place, Section, Quote, URL string
	Marks                      []string
	Picture                    *htmlPicture
}

func (f *htmlFigure) markup(m *markup) {
	d := f.document
	for i := range f.citations {
		c := &f.citations[i]
		m.tag("<figure class=").word(string(d.Side)).tag(" data-k=").word(f.key).tag("><figcaption><b>").text(d.SideLabel).tag("</b> <cite>").text(d.Title).tag("</cite>, ")
		if d.Kind != "" {
			m.text(d.Kind).tag(", ")
		}
		if d.DateText != "" {
			m.text(d.DateText).tag(", ")
		}
		if c.URL != "" {
			m.tag(`<a href="`).text(c.URL).tag(`">`).text(c.Place).tag("</a>")
		} else {
			m.tag("<span>").text(c.Place).tag("</span>")
		}
		if c.Section != "" {
			m.tag(", <i>").text(c.Section).tag("</i>")
		}
		for _, mark := range c.Marks {
			m.tag("<span class=note>").text(mark).tag("</span>")
		}
		m.tag("</figcaption><blockquote>").text(c.Quote).tag("</blockquote>")
		if c.Picture != nil {
			c.Picture.markup(m)
		}
		m.tag("</figure>")
	}
}

func (p *htmlPicture) markup(m *markup) {
	switch {
	case p.Data != "":
		m.tag("<img id=").word(p.ID).tag(` src="data:image/png;base64,`).text(p.Data).tag(`" width=`).number(p.Width).tag(" height=").number(p.Height).
			tag(` alt="`).text(p.Alt).tag(`">`)
	case p.ID != "":
		m.tag("<p class=note><a href=#").word(p.ID).tag(">Picture of the passage, shown above</a>")
	default:
		m.tag("<p class=note>").text(p.Alt)
	}
}
