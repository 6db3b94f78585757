package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyles are the styles of paragraphs and runs by their id.
type wordStyles struct {
	by        map[string]*wordStyle
	paragraph string  // the style of paragraphs that state none
	size      float32 // of letters where no style says
}

type wordStyle struct {
	name, based  string
	outline      int // 1 + the outline level, 0 where it is not stated
	num          string
	ilvl         int
	bold, hidden *bool
	size         float32
}

func (s *wordStyles) init() {
	s.by, s.size = map[string]*wordStyle{}, 10
}

// maxStyles bounds how many styles another one may rest on.
const maxStyles = 20

func (s *wordStyles) read(x *xmlReader) error {
	var style *wordStyle
	defaults := false
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "docDefaults":
				defaults = true
			case "style":
				style = &wordStyle{}
				s.by[attr(t, "styleId")] = style
				if attr(t, "default") == "1" && attr(t, "type") == "paragraph" {
					s.paragraph = attr(t, "styleId")
				}
			case "sz":
				if style != nil {
					style.size = halfPoints(attr(t, "val"))
				} else if defaults {
					s.size = halfPoints(attr(t, "val"))
				}
			}
			if style == nil {
				continue
			}
			switch t.Name.Local {
			case "name":
				style.name = strings.ToLower(attr(t, "val"))
			case "basedOn":
				style.based = attr(t, "val")
			case "outlineLvl":
				if n, err := strconv.Atoi(attr(t, "val")); err == nil && n >= 0 && n < 9 {
					style.outline = n + 1
				}
			case "numId":
				style.num = attr(t, "val")
			case "ilvl":
				style.ilvl, _ = strconv.Atoi(attr(t, "val"))
			case "b":
				bold := on(t)
				style.bold = &bold
			case "vanish":
				hidden := on(t)
				style.hidden = &hidden
			case "tblStylePr":
				if err := x.skip(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "docDefaults":
				defaults = false
			case "style":
				style = nil
			}
		}
	}
}

// chain calls do with a style and those that it rests on, until do returns true.
func (s *wordStyles) chain(id string, do func(*wordStyle) bool) {
	if id == "" {
		id = s.paragraph
	}
	for range maxStyles {
		style := s.by[id]
		if style == nil || do(style) {
			return
		}
		id = style.based
	}
}

// look returns how text in a style looks.
func (s *wordStyles) look(id string) (bold, hidden bool, size float32) {
	var b, h *bool
	s.chain(id, func(style *wordStyle) bool {
		if b == nil {
			b = style.bold
		}
		if h == nil {
			h = style.hidden
		}
		if size == 0 {
			size = style.size
		}
		return false
	})
	if size == 0 {
		size = s.size
	}
	return b != nil && *b, h != nil && *h, size
}

// heading returns the level of headings in a style, 0 where it is for none, and
// whether it is for the lines of a table of contents.
func (s *wordStyles) heading(id string) (level int, toc bool) {
	s.chain(id, func(style *wordStyle) bool {
		toc = toc || strings.HasPrefix(style.name, "toc ") && style.name != "toc heading" || style.name == "table of figures"
		if style.outline > 0 {
			level = style.outline
			return true
		}
		if n, ok := strings.CutPrefix(style.name, "heading "); ok {
			level, _ = strconv.Atoi(n)
		}
		if style.name == "title" {
			level = 1
		}
		return level > 0
	})
	return min(level, maxLevel), toc
}

// list returns the list of paragraphs in a style, "" for none.
func (s *wordStyles) list(id string) (num string, ilvl int) {
	s.chain(id, func(style *wordStyle) bool {
		num, ilvl = style.num, style.ilvl
		return num != ""
	})
	return num, ilvl
}

// wordNumbering is the lists of a document: Word keeps how they count, not the
// numbers.
type wordNumbering struct {
	abstract map[string]*wordList
	nums     map[string]*wordNum
}

// wordList is how a list counts, with its counters.
type wordList struct {
	levels [9]wordLevel
	count  [9]int
	begun  [9]bool
	link   string // the style that a list of the same name follows
	style  string
}

type wordLevel struct {
	format, text, style string
	start               int
	restart             int // the level behind which it starts anew, -1 for the one above
	legal               bool
	nothing             bool // no gap follows the number
}

// wordNum is a use of a list, which may start anew.
type wordNum struct {
	abstract string
	starts   map[int]int
	levels   map[int]wordLevel
	used     bool
}

// maxLevelText is how much of the text before the items of a list is read, in
// bytes; Word allows fewer characters.
const maxLevelText = 100

func (n *wordNumbering) read(x *xmlReader) error {
	n.abstract, n.nums = map[string]*wordList{}, map[string]*wordNum{}
	var list *wordList
	var num *wordNum
	var level *wordLevel
	own := 0 // the level that num changes
	var changed wordLevel
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			val := attr(t, "val")
			switch t.Name.Local {
			case "abstractNum":
				list = &wordList{}
				for i := range list.levels {
					list.levels[i] = wordLevel{format: "none", start: 1, restart: -1}
				}
				n.abstract[attr(t, "abstractNumId")] = list
			case "num":
				num = &wordNum{starts: map[int]int{}, levels: map[int]wordLevel{}}
				n.nums[attr(t, "numId")] = num
			case "abstractNumId":
				if num != nil {
					num.abstract = val
				}
			case "numStyleLink":
				if list != nil {
					list.link = val
				}
			case "styleLink":
				if list != nil {
					list.style = val
				}
			case "lvlOverride":
				own, _ = strconv.Atoi(attr(t, "ilvl"))
			case "startOverride":
				if start, err := strconv.Atoi(val); err == nil && num != nil {
					num.starts[own] = start
				}
			case "lvl":
				i, err := strconv.Atoi(attr(t, "ilvl"))
				switch {
				case err != nil || i < 0 || i > 8:
					level = nil
				case num != nil:
					changed = wordLevel{format: "decimal", start: 1, restart: -1}
					level, own = &changed, i
				case list != nil:
					level = &list.levels[i]
					level.format = "decimal"
				}
			}
			if level == nil {
				continue
			}
			switch t.Name.Local {
			case "numFmt":
				level.format = val
			case "lvlText":
				level.text = val[:min(len(val), maxLevelText)]
			case "start":
				level.start, _ = strconv.Atoi(val)
			case "lvlRestart":
				level.restart, _ = strconv.Atoi(val)
			case "pStyle":
				level.style = val
			case "isLgl":
				level.legal = on(t)
			case "suff":
				level.nothing = val == "nothing"
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "abstractNum":
				list = nil
			case "num":
				num = nil
			case "lvl":
				if num != nil && level != nil {
					num.levels[own] = *level
				}
				level = nil
			}
		}
	}
}

// next counts on and returns what stands before a paragraph of the list, with
// the blank that parts it.
func (n *wordNumbering) next(id string, ilvl int, style string) string {
	num := n.nums[id]
	if num == nil || ilvl < 0 || ilvl > 8 {
		return ""
	}
	list := n.abstract[num.abstract]
	if list == nil {
		return ""
	}
	if list.link != "" {
		for _, other := range n.abstract {
			if other.style == list.link {
				list = other
				break
			}
		}
	}
	for i := range list.levels { // a level may belong to a style
		if style != "" && list.levels[i].style == style {
			ilvl = i
			break
		}
	}
	if !num.used {
		num.used = true
		for i, start := range num.starts {
			if i >= 0 && i < 9 {
				list.count[i], list.begun[i] = start-1, true
			}
		}
	}
	at := func(i int) wordLevel {
		if l, ok := num.levels[i]; ok {
			return l
		}
		return list.levels[i]
	}
	level := at(ilvl)
	if !list.begun[ilvl] {
		list.count[ilvl], list.begun[ilvl] = level.start-1, true
	}
	list.count[ilvl]++
	for i := ilvl + 1; i < 9; i++ {
		if r := at(i).restart; r != 0 && (r < 0 || ilvl < r) {
			list.begun[i] = false
		}
	}
	if level.format == "bullet" {
		return strings.Repeat("  ", ilvl) + "• "
	}
	text := level.text
	for i := range 9 {
		place := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, place) {
			continue
		}
		if i > ilvl || !list.begun[i] { // a level above that was never counted
			list.count[i], list.begun[i] = at(i).start, true
		}
		format := at(i).format
		if level.legal {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, place, counted(list.count[i], format))
	}
	text = strings.TrimSpace(text)
	if text == "" || level.nothing {
		return text
	}
	return text + " "
}

// counted writes a number in a format of Word.
func counted(n int, format string) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return romanNumeral(n)
	case "lowerRoman":
		return strings.ToLower(romanNumeral(n))
	case "upperLetter", "lowerLetter": // a to z, then aa to zz
		if n < 1 || n > 26*20 {
			return strconv.Itoa(n)
		}
		first := 'A'
		if format == "lowerLetter" {
			first = 'a'
		}
		return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
	case "ordinal":
		suffix := "th"
		if n/10%10 != 1 {
			switch n % 10 {
			case 1:
				suffix = "st"
			case 2:
				suffix = "nd"
			case 3:
				suffix = "rd"
			}
		}
		return strconv.Itoa(n) + suffix
	}
	return strconv.Itoa(n)
}

func romanNumeral(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= step.value {
			b.WriteString(step.text)
			n -= step.value
		}
	}
	return b.String()
}
