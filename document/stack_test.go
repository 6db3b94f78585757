package document

import (
	"image"
	"image/color"
	"testing"
)

// Pictures of two pages stand below each other, without the margins that both
// have at the sides; a blank one is shown as it is.
func TestStack(t *testing.T) {
	page := func(from, to int) image.Image {
		img := image.NewGray(image.Rect(0, 0, 400, 50))
		for x := range 400 {
			for y := range 50 {
				shade := color.Gray{0xff}
				if from <= x && x < to && y == 20 {
					shade.Y = 0
				}
				img.SetGray(x, y, shade)
			}
		}
		return img
	}
	got := Stack([]image.Image{page(100, 200), page(150, 300)})
	if size := got.Bounds().Size(); size != image.Pt(200+2*18, 50+2+50) {
		t.Fatalf("the picture has %v pixels", size)
	}
	for at, want := range map[image.Point]uint8{
		{18, 20}: 0, {17, 20}: 0xff, {117, 20}: 0, {118, 20}: 0xff, // the first page's line
		{0, 50}: 0x80, {235, 51}: 0x80, // what parts them
		{68, 72}: 0, {67, 72}: 0xff, {217, 72}: 0, // the second's
	} {
		if y := color.GrayModel.Convert(got.At(at.X, at.Y)).(color.Gray).Y; y != want {
			t.Errorf("at %v is %#x, want %#x", at, y, want)
		}
	}
	if size := Stack([]image.Image{page(0, 0)}).Bounds().Size(); size.X < 400 {
		t.Errorf("a blank page has %v pixels", size)
	}
}
