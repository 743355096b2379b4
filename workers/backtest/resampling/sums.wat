;; Resampled sums of eight series at once: the inner loop of everything that is charged for what was tried.
;;
;; sums(counts, series, out, days, blocks):
;;   counts  [blocks × days × 4] f32: how often a day is drawn, four resamples beside each other
;;   series  [days × 8] f32: eight series beside each other
;;   out     [blocks × 4 × 8] f32: Σ over the days of count × value
;; Each sum is taken day after day in single precision, so that it is the same on every machine.
(module
  (memory (export "memory") 1)
  (func (export "sums")
    (param $counts i32) (param $series i32) (param $out i32) (param $days i32) (param $blocks i32)
    (local $value i32) (local $end i32)
    (local $low v128) (local $high v128) (local $count v128)
    (local $a0 v128) (local $a1 v128) (local $b0 v128) (local $b1 v128)
    (local $c0 v128) (local $c1 v128) (local $d0 v128) (local $d1 v128)
    (local.set $end (i32.add (local.get $series) (i32.shl (local.get $days) (i32.const 5))))
    (block $done
      (br_if $done (i32.eqz (local.get $days)))
      (loop $block
        (br_if $done (i32.eqz (local.get $blocks)))
        (local.set $a0 (v128.const i32x4 0 0 0 0))
        (local.set $a1 (v128.const i32x4 0 0 0 0))
        (local.set $b0 (v128.const i32x4 0 0 0 0))
        (local.set $b1 (v128.const i32x4 0 0 0 0))
        (local.set $c0 (v128.const i32x4 0 0 0 0))
        (local.set $c1 (v128.const i32x4 0 0 0 0))
        (local.set $d0 (v128.const i32x4 0 0 0 0))
        (local.set $d1 (v128.const i32x4 0 0 0 0))
        (local.set $value (local.get $series))
        (loop $day
          (local.set $low (v128.load (local.get $value)))
          (local.set $high (v128.load offset=16 (local.get $value)))
          (local.set $count (v128.load32_splat (local.get $counts)))
          (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $count) (local.get $low))))
          (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $count) (local.get $high))))
          (local.set $count (v128.load32_splat offset=4 (local.get $counts)))
          (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $count) (local.get $low))))
          (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $count) (local.get $high))))
          (local.set $count (v128.load32_splat offset=8 (local.get $counts)))
          (local.set $c0 (f32x4.add (local.get $c0) (f32x4.mul (local.get $count) (local.get $low))))
          (local.set $c1 (f32x4.add (local.get $c1) (f32x4.mul (local.get $count) (local.get $high))))
          (local.set $count (v128.load32_splat offset=12 (local.get $counts)))
          (local.set $d0 (f32x4.add (local.get $d0) (f32x4.mul (local.get $count) (local.get $low))))
          (local.set $d1 (f32x4.add (local.get $d1) (f32x4.mul (local.get $count) (local.get $high))))
          (local.set $counts (i32.add (local.get $counts) (i32.const 16)))
          (br_if $day
            (i32.lt_u (local.tee $value (i32.add (local.get $value) (i32.const 32))) (local.get $end))))
        (v128.store (local.get $out) (local.get $a0))
        (v128.store offset=16 (local.get $out) (local.get $a1))
        (v128.store offset=32 (local.get $out) (local.get $b0))
        (v128.store offset=48 (local.get $out) (local.get $b1))
        (v128.store offset=64 (local.get $out) (local.get $c0))
        (v128.store offset=80 (local.get $out) (local.get $c1))
        (v128.store offset=96 (local.get $out) (local.get $d0))
        (v128.store offset=112 (local.get $out) (local.get $d1))
        (local.set $out (i32.add (local.get $out) (i32.const 128)))
        (local.set $blocks (i32.sub (local.get $blocks) (i32.const 1)))
        (br $block)))))
