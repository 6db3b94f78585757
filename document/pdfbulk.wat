;; Reads all characters of a text page, and all objects of a page, in one call
;; from outside: a call into the sandbox costs a microsecond, one within it
;; next to nothing. Assembled by wat2wasm into pdfbulk.wasm; the layouts of the
;; records are those of pdfbulk.go.
(module
  (import "pdfium" "memory" (memory 1))
  (import "pdfium" "FPDFText_GetUnicode" (func $unicode (param i32 i32) (result i32)))
  (import "pdfium" "FPDFText_IsGenerated" (func $generated (param i32 i32) (result i32)))
  (import "pdfium" "FPDFText_IsHyphen" (func $hyphen (param i32 i32) (result i32)))
  (import "pdfium" "FPDFText_HasUnicodeMapError" (func $unmapped (param i32 i32) (result i32)))
  (import "pdfium" "FPDFText_GetTextObject" (func $textObject (param i32 i32) (result i32)))
  (import "pdfium" "FPDFTextObj_GetFont" (func $font (param i32) (result i32)))
  (import "pdfium" "FPDFTextObj_GetTextRenderMode" (func $mode (param i32) (result i32)))
  (import "pdfium" "FPDFText_GetMatrix" (func $matrix (param i32 i32 i32) (result i32)))
  (import "pdfium" "FPDFText_GetLooseCharBox" (func $looseBox (param i32 i32 i32) (result i32)))
  (import "pdfium" "FPDFText_GetCharOrigin" (func $origin (param i32 i32 i32 i32) (result i32)))
  (import "pdfium" "FPDFText_GetFontSize" (func $fontSize (param i32 i32) (result f64)))
  (import "pdfium" "FPDFPage_GetObject" (func $object (param i32 i32) (result i32)))
  (import "pdfium" "FPDFFormObj_GetObject" (func $inner (param i32 i32) (result i32)))
  (import "pdfium" "FPDFPageObj_GetType" (func $type (param i32) (result i32)))
  (import "pdfium" "FPDFPageObj_GetBounds" (func $bounds (param i32 i32 i32 i32 i32) (result i32)))
  (import "pdfium" "FPDFPageObj_GetFillColor" (func $fill (param i32 i32 i32 i32 i32) (result i32)))
  (import "pdfium" "FPDFPath_GetDrawMode" (func $draw (param i32 i32 i32) (result i32)))

  (func (export "characters") (param $page i32) (param $from i32) (param $to i32) (param $out i32)
    (local $object i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $from) (local.get $to)))
        (memory.fill (local.get $out) (i32.const 0) (i32.const 80))
        (i32.store (local.get $out) (call $unicode (local.get $page) (local.get $from)))
        (i32.store offset=4 (local.get $out)
          (i32.or
            (i32.eq (call $generated (local.get $page) (local.get $from)) (i32.const 1))
            (i32.or
              (i32.shl (i32.eq (call $hyphen (local.get $page) (local.get $from)) (i32.const 1)) (i32.const 1))
              (i32.shl (i32.eq (call $unmapped (local.get $page) (local.get $from)) (i32.const 1)) (i32.const 2)))))
        (local.set $object (call $textObject (local.get $page) (local.get $from)))
        (if (local.get $object)
          (then
            (i32.store offset=8 (local.get $out) (call $font (local.get $object)))
            (i32.store offset=12 (local.get $out) (call $mode (local.get $object)))))
        (drop (call $matrix (local.get $page) (local.get $from) (i32.add (local.get $out) (i32.const 16))))
        (drop (call $looseBox (local.get $page) (local.get $from) (i32.add (local.get $out) (i32.const 40))))
        (drop (call $origin (local.get $page) (local.get $from)
          (i32.add (local.get $out) (i32.const 56)) (i32.add (local.get $out) (i32.const 64))))
        (f64.store offset=72 (local.get $out) (call $fontSize (local.get $page) (local.get $from)))
        (local.set $out (i32.add (local.get $out) (i32.const 80)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next))))

  (func (export "objects") (param $page i32) (param $from i32) (param $to i32) (param $out i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $from) (local.get $to)))
        (call $describe (call $object (local.get $page) (local.get $from)) (local.get $out))
        (local.set $out (i32.add (local.get $out) (i32.const 48)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next))))

  (func (export "innerObjects") (param $form i32) (param $from i32) (param $to i32) (param $out i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $from) (local.get $to)))
        (call $describe (call $inner (local.get $form) (local.get $from)) (local.get $out))
        (local.set $out (i32.add (local.get $out) (i32.const 48)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next))))

  (func $describe (param $object i32) (param $out i32)
    (memory.fill (local.get $out) (i32.const 0) (i32.const 48))
    (if (local.get $object)
      (then
        (i32.store (local.get $out) (call $type (local.get $object)))
        (drop (call $bounds (local.get $object)
          (i32.add (local.get $out) (i32.const 4)) (i32.add (local.get $out) (i32.const 8))
          (i32.add (local.get $out) (i32.const 12)) (i32.add (local.get $out) (i32.const 16))))
        (if (i32.eq (i32.load (local.get $out)) (i32.const 2))
          (then
            (drop (call $fill (local.get $object)
              (i32.add (local.get $out) (i32.const 20)) (i32.add (local.get $out) (i32.const 24))
              (i32.add (local.get $out) (i32.const 28)) (i32.add (local.get $out) (i32.const 32))))
            (drop (call $draw (local.get $object)
              (i32.add (local.get $out) (i32.const 36)) (i32.add (local.get $out) (i32.const 40))))))
        (i32.store offset=44 (local.get $out) (local.get $object))))))
