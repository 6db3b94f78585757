package document

import (
	"context"
	"fmt"
	"image"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ocrWord is a word that OCR read on a page. Lines, paragraphs and blocks are
// counted from 0 over the page in reading order.
type ocrWord struct {
	text                   string
	box                    Box
	confidence             float32 // from 0 to 1
	line, paragraph, block int
}

// lowConfidence is below which a page may lie on its side or upside down.
const lowConfidence = 0.7

// ocrPage reads the image of a page, upright as it is shown, by tesseract. It
// returns the words in reading order with their boxes in points, and the page's
// confidence from 0 to 1, the mean of its letters. A page that lies on its side
// or upside down is turned for reading; boxes stay those of the image as given.
// An empty page has no words and confidence 1; a page with something on it in
// which no word was found has confidence 0.
//
// The error is that of ctx when it ended; any other leaves the page unread and
// says so to the user: errNoTesseract, missing data of a language, or OCR that
// failed or took too long.
func ocrPage(ctx context.Context, img image.Image, dpi int, language string) ([]ocrWord, float32, error) {
	e, err := tesseract()
	if err != nil {
		return nil, 0, err
	}
	if language == "" {
		language = "eng"
	}
	if err := e.checkLanguage(language); err != nil {
		return nil, 0, err
	}
	size := img.Bounds().Size()
	if size.X > maxOCRSide || size.Y > maxOCRSide {
		return nil, 0, fmt.Errorf("is an image of %d x %d pixels, more than OCR takes", size.X, size.Y)
	}
	gray := toGray(img)
	if isBlank(gray) {
		return nil, 1, nil
	}
	words, confidence, err := e.words(ctx, gray, dpi, language)
	if err != nil || confidence >= lowConfidence || !slices.Contains(e.languages, "osd") {
		return words, confidence, err
	}
	turn, err := e.orientation(ctx, gray)
	if err != nil || turn == 0 {
		return words, confidence, err
	}
	turned, better, err := e.words(ctx, turnGray(gray, turn), dpi, language)
	if err != nil || better <= confidence {
		return words, confidence, err
	}
	width, height := points(size.X, dpi), points(size.Y, dpi)
	for i := range turned {
		turned[i].box = turnBack(turned[i].box, turn, width, height)
	}
	return turned, better, nil
}

// points converts pixels to points.
func points(pixels, dpi int) float32 { return float32(pixels) * 72 / float32(dpi) }

// words reads an upright image.
func (e *engine) words(ctx context.Context, img *image.Gray, dpi int, language string) ([]ocrWord, float32, error) {
	out, err := e.run(ctx, img, "--dpi", strconv.Itoa(dpi), "-l", language, "--psm", "3", "tsv")
	if err != nil {
		return nil, 0, err
	}
	words, confidence := parseTSV(string(out), dpi)
	joinParagraphs(words)
	return words, confidence, nil
}

// parseTSV reads tesseract's table of words: level, page, block, paragraph,
// line, word, left, top, width, height, confidence from 0 to 100, text.
func parseTSV(tsv string, dpi int) (words []ocrWord, confidence float32) {
	var last [3]int // block, paragraph, line of the word before
	var at ocrWord
	sum, letters := 0.0, 0
	for row := range strings.Lines(tsv) {
		cells := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", 12)
		if len(cells) < 12 || cells[0] != "5" {
			continue
		}
		text := strings.TrimSpace(strings.ToValidUTF8(cells[11], "\uFFFD"))
		certain, err := strconv.ParseFloat(cells[10], 64)
		var n [10]int
		for i := 0; i < len(n) && err == nil; i++ {
			n[i], err = strconv.Atoi(cells[i])
		}
		if err != nil || text == "" || !(certain >= 0 && certain <= 100) || isSpeck(text, certain) {
			continue
		}
		place := [3]int{n[2], n[3], n[4]}
		if len(words) > 0 && place != last {
			at.line++
			if place[0] != last[0] || place[1] != last[1] {
				at.paragraph++
			}
			if place[0] != last[0] {
				at.block++
			}
		}
		last = place
		at.text, at.confidence = text, float32(certain/100)
		at.box = Box{points(n[6], dpi), points(n[7], dpi), points(n[6]+n[8], dpi), points(n[7]+n[9], dpi)}
		words = append(words, at)
		count := utf8.RuneCountInString(text)
		sum, letters = sum+certain/100*float64(count), letters+count
	}
	if letters == 0 {
		return words, 0
	}
	return words, float32(math.Round(sum/float64(letters)*1e4) / 1e4)
}

// joinParagraphs counts paragraphs anew: tesseract starts one at many a line
// that only happens to be short. A paragraph ends where the next line stands
// elsewhere or further down than lines do on this page, or where tesseract sees
// an end that the words confirm.
func joinParagraphs(words []ocrWord) {
	type line struct {
		first, last int // words
		box         Box
	}
	var lines []line
	right := map[int]float32{} // of the block
	turn := readingTurn(func(yield func(a, b Box) bool) {
		for i := 1; i < len(words); i++ {
			if words[i].line == words[i-1].line && !yield(words[i-1].box, words[i].box) {
				return
			}
		}
	})
	for i, w := range words {
		box := turnBack(w.box, turn, 0, 0)
		if i == 0 || w.line != words[i-1].line {
			lines = append(lines, line{i, i, box})
		}
		l := &lines[len(lines)-1]
		l.last, l.box = i, union(l.box, box)
		right[w.block] = max(right[w.block], l.box.X1)
	}
	var pitches []float32
	for i, l := range lines[min(1, len(lines)):] {
		if before := lines[i]; words[l.first].paragraph == words[before.first].paragraph {
			pitches = append(pitches, l.box.Y1-before.box.Y1)
		}
	}
	pitch := float32(math.MaxFloat32)
	if slices.Sort(pitches); len(pitches) > 0 {
		pitch = pitches[len(pitches)/2]
	}
	count, paragraph := make([]int, len(lines)), 0
	for i, l := range lines {
		if i > 0 {
			before := lines[i-1]
			end, start := words[before.last], words[l.first]
			below := l.box.Y1 - before.box.Y1
			switch {
			case below <= 0 || below > min(1.4*pitch, 4*(before.box.Y1-before.box.Y0)) || l.box.X0 >= before.box.X1 || l.box.X1 <= before.box.X0:
				paragraph++
			case end.paragraph == start.paragraph:
			case strings.ContainsAny(end.text[len(end.text)-1:], ".:;?!"):
				paragraph++
			case before.box.X1 < before.box.X0+0.9*(right[end.block]-before.box.X0) && !startsLower(start.text):
				paragraph++
			}
		}
		count[i] = paragraph
	}
	for i, l := range lines {
		for j := l.first; j <= l.last; j++ {
			words[j].paragraph = count[i]
		}
	}
}

// readingTurn returns by how many degrees boxes have to be turned back so that
// lines run from left to right: text may also run down, up, or upside down. It
// goes by neighbours on a line, each pair in order.
func readingTurn(neighbours iter.Seq2[Box, Box]) int {
	var across, down float64
	for a, b := range neighbours {
		across += float64(b.X0 - a.X0)
		down += float64(b.Y0 - a.Y0)
	}
	switch {
	case down > math.Abs(across):
		return 90
	case -down > math.Abs(across):
		return 270
	case across < 0:
		return 180
	}
	return 0
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func union(a, b Box) Box {
	return Box{min(a.X0, b.X0), min(a.Y0, b.Y0), max(a.X1, b.X1), max(a.Y1, b.Y1)}
}

// isSpeck reports what OCR makes of dirt, rules and the edges of stamps: signs
// alone that it doesn't trust itself.
func isSpeck(text string, confidence float64) bool {
	return confidence < 50 && !hasLetters(text)
}

func hasLetters(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// orientation returns by how many degrees, clockwise, the image has to be turned
// to be upright: 0, 90, 180 or 270; 0 also where tesseract can't tell.
func (e *engine) orientation(ctx context.Context, img *image.Gray) (int, error) {
	out, err := e.run(ctx, img, "--psm", "0", "-l", "osd")
	if err != nil {
		return 0, ctx.Err()
	}
	for line := range strings.Lines(string(out)) {
		if value, ok := strings.CutPrefix(line, "Rotate:"); ok {
			if turn, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && turn > 0 && turn < 360 && turn%90 == 0 {
				return turn, nil
			}
		}
	}
	return 0, nil
}

// ocrText joins words to text as they are read, a line of the page a line of
// the text, paragraphs apart by an empty line, and says where each one stands.
func ocrText(words []ocrWord) (string, []Word) {
	var b strings.Builder
	places := make([]Word, len(words))
	for i, w := range words {
		if i > 0 {
			switch before := words[i-1]; {
			case w.paragraph != before.paragraph:
				b.WriteString("\n\n")
			case w.line != before.line:
				b.WriteByte('\n')
			default:
				b.WriteByte(' ')
			}
		}
		places[i] = Word{Start: int32(b.Len()), End: int32(b.Len() + len(w.text)), Box: w.box}
		b.WriteString(w.text)
	}
	return b.String(), places
}

// scan is what was read from the image of a page.
type scan struct {
	words      []ocrWord
	confidence float32
	covers     []cover
}

// readScan reads the image of a page, upright as it is shown. Its error is as
// that of ocrPage.
func readScan(ctx context.Context, img image.Image, dpi int, language string) (s scan, err error) {
	gray := toGray(img)
	c := findCovers(gray, dpi)
	if s.words, s.confidence, err = ocrPage(ctx, c.clean(gray), dpi, language); err != nil {
		return scan{}, err
	}
	frames := c.frames(s.words)
	s.words = slices.DeleteFunc(s.words, func(w ocrWord) bool {
		return !hasLetters(w.text) && slices.ContainsFunc(frames, func(f cover) bool { return f.edges(w.box) })
	})
	s.covers = append(c.covers, frames...)
	return s, nil
}
