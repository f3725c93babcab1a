;; Folds bytes over a sparse multiple of the polynomial of CRC-64/NVME. With y = x^8, the polynomial divides
;;   y^144025 + y^64397 + y^41865 + y^26687 + 1
;; so that each byte of a message may be cancelled by adding it to the bytes 79628, 102160, 117338 and 144025 places
;; behind it, which changes nothing modulo the polynomial. Sixteen bytes go at once, without a table.
;; Memory: a ring of 256 KiB for what was folded, 256 KiB that bytes are copied to, and 4 MiB that they may come to
;; by themselves.
(module
  (memory (export "memory") 72)

  ;; Folds `bytes` bytes at address `from` in at the place `at` of the ring; answers the place behind them.
  (func (export "fold") (param $at i32) (param $from i32) (param $bytes i32) (result i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $run i32) (local $end i32)
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $bytes)))
        (local.set $a (i32.and (i32.sub (local.get $at) (i32.const 79628)) (i32.const 0x3ffff)))
        (local.set $b (i32.and (i32.sub (local.get $at) (i32.const 102160)) (i32.const 0x3ffff)))
        (local.set $c (i32.and (i32.sub (local.get $at) (i32.const 117338)) (i32.const 0x3ffff)))
        (local.set $d (i32.and (i32.sub (local.get $at) (i32.const 144025)) (i32.const 0x3ffff)))

        ;; As far as none of the five comes to the end of the ring.
        (local.set $run (call $least (local.get $bytes) (local.get $at)))
        (local.set $run (call $least (local.get $run) (local.get $a)))
        (local.set $run (call $least (local.get $run) (local.get $b)))
        (local.set $run (call $least (local.get $run) (local.get $c)))
        (local.set $run (call $least (local.get $run) (local.get $d)))
        (local.set $bytes (i32.sub (local.get $bytes) (local.get $run)))

        (local.set $end (i32.add (local.get $at) (i32.and (local.get $run) (i32.const -16))))
        (block $rest
          (loop $wide
            (br_if $rest (i32.eq (local.get $at) (local.get $end)))
            (v128.store (local.get $at)
              (v128.xor
                (v128.load (local.get $from))
                (v128.xor
                  (v128.xor (v128.load (local.get $a)) (v128.load (local.get $b)))
                  (v128.xor (v128.load (local.get $c)) (v128.load (local.get $d))))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $from (i32.add (local.get $from) (i32.const 16)))
            (local.set $a (i32.add (local.get $a) (i32.const 16)))
            (local.set $b (i32.add (local.get $b) (i32.const 16)))
            (local.set $c (i32.add (local.get $c) (i32.const 16)))
            (local.set $d (i32.add (local.get $d) (i32.const 16)))
            (br $wide)))

        (local.set $end (i32.add (local.get $at) (i32.and (local.get $run) (i32.const 15))))
        (block $folded
          (loop $narrow
            (br_if $folded (i32.eq (local.get $at) (local.get $end)))
            (i32.store8 (local.get $at)
              (i32.xor
                (i32.load8_u (local.get $from))
                (i32.xor
                  (i32.xor (i32.load8_u (local.get $a)) (i32.load8_u (local.get $b)))
                  (i32.xor (i32.load8_u (local.get $c)) (i32.load8_u (local.get $d))))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (local.set $a (i32.add (local.get $a) (i32.const 1)))
            (local.set $b (i32.add (local.get $b) (i32.const 1)))
            (local.set $c (i32.add (local.get $c) (i32.const 1)))
            (local.set $d (i32.add (local.get $d) (i32.const 1)))
            (br $narrow)))

        (local.set $at (i32.and (local.get $at) (i32.const 0x3ffff)))
        (br $more)))
    (local.get $at))

  ;; `run`, or how far it is from the place `at` to the end of the ring, whichever is less.
  (func $least (param $run i32) (param $at i32) (result i32)
    (local $left i32)
    (local.set $left (i32.sub (i32.const 0x40000) (local.get $at)))
    (select (local.get $left) (local.get $run) (i32.lt_u (local.get $left) (local.get $run)))))
