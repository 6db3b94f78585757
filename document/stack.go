package document

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Stack puts pictures below each other, a line between them, and takes away
// the margins at the sides that all have, so that the words are large.
func Stack(parts []image.Image) image.Image {
	const margin, line = 18, 2 // pixels
	left, right, height := math.MaxInt, 0, -line
	for _, p := range parts {
		l, r := inkedColumns(p)
		left, right, height = min(left, l), max(right, r), height+p.Bounds().Dy()+line
	}
	left, right = left-margin, right+margin
	whole := image.NewRGBA(image.Rect(0, 0, right-left, height))
	draw.Draw(whole, whole.Rect, image.NewUniform(color.Gray{0x80}), image.Point{}, draw.Src)
	y := 0
	for _, p := range parts {
		at := image.Rect(0, y, right-left, y+p.Bounds().Dy())
		draw.Draw(whole, at, image.White, image.Point{}, draw.Src)
		draw.Draw(whole, at, p, p.Bounds().Min.Add(image.Pt(left, 0)), draw.Src)
		y = at.Max.Y + line
	}
	return whole
}

// inkedColumns returns the columns of a picture between which something stands.
func inkedColumns(img image.Image) (left, right int) {
	b := img.Bounds()
	blank := func(x int) bool {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 0xc0 {
				return false
			}
		}
		return true
	}
	left, right = b.Min.X, b.Max.X
	for left < right && blank(left) {
		left++
	}
	for right > left && blank(right-1) {
		right--
	}
	if left == right {
		return 0, b.Dx()
	}
	return left - b.Min.X, right - b.Min.X
}
