package document

import (
	"image"
	"image/color"
	"image/draw"
)

// toGray returns the image in shades of gray on white, from (0, 0).
func toGray(img image.Image) *image.Gray {
	b := img.Bounds()
	if g, ok := img.(*image.Gray); ok && b.Min == (image.Point{}) {
		return g
	}
	gray := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch src := img.(type) {
	case *image.RGBA: // premultiplied: what is transparent lets white through
		for y := range b.Dy() {
			in, out := src.Pix[src.PixOffset(b.Min.X, b.Min.Y+y):], gray.Pix[y*gray.Stride:][:b.Dx()]
			for x := range out {
				p := in[4*x : 4*x+4 : 4*x+4]
				out[x] = uint8((19595*uint32(p[0])+38470*uint32(p[1])+7471*uint32(p[2])+1<<15)>>16) + 255 - p[3]
			}
		}
	case *image.YCbCr:
		for y := range b.Dy() {
			copy(gray.Pix[y*gray.Stride:][:b.Dx()], src.Y[src.YOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.Paletted:
		var shades [256]uint8
		for i, c := range src.Palette {
			shades[i] = shade(c)
		}
		for y := range b.Dy() {
			in, out := src.Pix[src.PixOffset(b.Min.X, b.Min.Y+y):], gray.Pix[y*gray.Stride:][:b.Dx()]
			for x := range out {
				out[x] = shades[in[x]]
			}
		}
	default:
		draw.Draw(gray, gray.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(gray, gray.Bounds(), img, b.Min, draw.Over)
	}
	return gray
}

// shade is how dark a colour is on white.
func shade(c color.Color) uint8 {
	r, g, b, a := c.RGBA()
	return uint8((19595*r+38470*g+7471*b+1<<15)>>24) + uint8((0xffff-a)>>8)
}

// isBlank reports a page of one shade but for a few specks.
func isBlank(img *image.Gray) bool {
	var histogram [256]int
	for y := range img.Rect.Dy() {
		for _, v := range img.Pix[y*img.Stride:][:img.Rect.Dx()] {
			histogram[v]++
		}
	}
	paper := 0
	for v, n := range histogram {
		if n > histogram[paper] {
			paper = v
		}
	}
	other := 0
	for v, n := range histogram {
		if v < paper-32 || v > paper+32 {
			other += n
		}
	}
	return other <= img.Rect.Dx()*img.Rect.Dy()/50000
}

// turnGray turns the image clockwise by 90, 180 or 270 degrees.
func turnGray(img *image.Gray, degrees int) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	turned := image.NewGray(image.Rect(0, 0, w, h))
	if degrees != 180 {
		turned = image.NewGray(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x, v := range img.Pix[y*img.Stride:][:w] {
			switch degrees {
			case 90:
				turned.Pix[x*turned.Stride+h-1-y] = v
			case 180:
				turned.Pix[(h-1-y)*turned.Stride+w-1-x] = v
			default:
				turned.Pix[(w-1-x)*turned.Stride+y] = v
			}
		}
	}
	return turned
}

// turnBack returns where a box of the turned page stands on the page as it was,
// which has that width and height.
func turnBack(b Box, degrees int, width, height float32) Box {
	switch degrees {
	case 0:
		return b
	case 90: // (x, y) was turned to (height-y, x)
		return Box{b.Y0, height - b.X1, b.Y1, height - b.X0}
	case 180:
		return Box{width - b.X1, height - b.Y1, width - b.X0, height - b.Y0}
	default: // (x, y) was turned to (y, width-x)
		return Box{width - b.Y1, b.X0, width - b.Y0, b.X1}
	}
}

// shrink makes the image smaller by a whole factor, each pixel the mean of those
// that it stands for.
func shrink(img *image.Gray, factor int) *image.Gray {
	if factor <= 1 {
		return img
	}
	w, h := img.Rect.Dx()/factor, img.Rect.Dy()/factor
	small := image.NewGray(image.Rect(0, 0, w, h))
	sums := make([]uint32, w)
	for y := range h {
		clear(sums)
		for dy := range factor {
			row := img.Pix[(y*factor+dy)*img.Stride:]
			for x := range sums {
				for _, v := range row[x*factor : x*factor+factor] {
					sums[x] += uint32(v)
				}
			}
		}
		for x, s := range sums {
			small.Pix[y*small.Stride+x] = uint8(s / uint32(factor*factor))
		}
	}
	return small
}
