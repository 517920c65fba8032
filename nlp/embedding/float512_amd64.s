#include "textflag.h"
#include "constants_amd64.h"

// The twins of float_amd64.s for 16 lanes, with their constants in
// registers.

#define ROW512(a, sum) \
	VMULPS.BCST a, Z8, Z10 \
	VADDPS Z10, sum, sum

// One row of a for 32 columns of b.
#define ROW512x2(a, lo, hi) \
	VBROADCASTSS a, Z10  \
	VMULPS Z8, Z10, Z11  \
	VMULPS Z9, Z10, Z12  \
	VADDPS Z11, lo, lo   \
	VADDPS Z12, hi, hi

// func product512(p *product32)
TEXT ·product512(SB), NOSPLIT, $0-8
	MOVQ p+0(FP), DI
	MOVQ 8(DI), SI        // a
	MOVQ 0(DI), R8        // dst
	MOVQ 24(DI), R9       // strides, in bytes
	MOVQ 32(DI), R10
	MOVQ 40(DI), R11
	LEAQ (R10)(R10*2), R12
	LEAQ (R9)(R9*2), R14
	MOVQ 56(DI), R13      // rows

rows:
	MOVQ 16(DI), BX       // b, at the columns
	MOVQ 64(DI), DX       // columns
	MOVQ R8, R15

cols:
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	MOVQ SI, AX
	MOVQ BX, CX
	MOVQ 48(DI), R9       // k
	CMPQ DX, $32
	JLT  step

	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7

step32:
	VMOVUPS (CX), Z8
	VMOVUPS 64(CX), Z9
	ROW512x2((AX), Z0, Z4)
	ROW512x2((AX)(R10*1), Z1, Z5)
	ROW512x2((AX)(R10*2), Z2, Z6)
	ROW512x2((AX)(R12*1), Z3, Z7)
	ADDQ $4, AX
	ADDQ R11, CX
	DECQ R9
	JNZ  step32

	MOVQ 24(DI), R9
	VMOVUPS Z0, (R15)
	VMOVUPS Z4, 64(R15)
	VMOVUPS Z1, (R15)(R9*1)
	VMOVUPS Z5, 64(R15)(R9*1)
	VMOVUPS Z2, (R15)(R9*2)
	VMOVUPS Z6, 64(R15)(R9*2)
	VMOVUPS Z3, (R15)(R14*1)
	VMOVUPS Z7, 64(R15)(R14*1)
	ADDQ $128, R15
	ADDQ $128, BX
	SUBQ $32, DX
	JNZ  cols
	JMP  next

step:
	VMOVUPS (CX), Z8
	ROW512((AX), Z0)
	ROW512((AX)(R10*1), Z1)
	ROW512((AX)(R10*2), Z2)
	ROW512((AX)(R12*1), Z3)
	ADDQ $4, AX
	ADDQ R11, CX
	DECQ R9
	JNZ  step

	MOVQ 24(DI), R9
	VMOVUPS Z0, (R15)
	VMOVUPS Z1, (R15)(R9*1)
	VMOVUPS Z2, (R15)(R9*2)
	VMOVUPS Z3, (R15)(R14*1)
	ADDQ $64, R15
	ADDQ $64, BX
	SUBQ $16, DX
	JNZ  cols

next:
	LEAQ (SI)(R10*4), SI
	LEAQ (R8)(R9*4), R8
	SUBQ $4, R13
	JNZ  rows
	VZEROUPPER
	RET

// func softmax512(x *float32, rows, cols int, tail *[16]float32)
TEXT ·softmax512(SB), NOSPLIT, $0-32
	MOVQ x+0(FP), SI
	MOVQ rows+8(FP), DX
	MOVQ cols+16(FP), BX
	MOVQ tail+24(FP), AX
	VMOVUPS (AX), Z15
	VBROADCASTSS expLeast<>(SB), Z16
	VBROADCASTSS log2e<>(SB), Z17
	VBROADCASTSS rounder<>(SB), Z18
	VBROADCASTSS ln2High<>(SB), Z19
	VBROADCASTSS ln2Low<>(SB), Z20
	VBROADCASTSS expC0<>(SB), Z21
	VBROADCASTSS expC1<>(SB), Z22
	VBROADCASTSS expC2<>(SB), Z23
	VBROADCASTSS expC3<>(SB), Z24
	VBROADCASTSS expC4<>(SB), Z25
	VBROADCASTSS expC5<>(SB), Z26
	VBROADCASTSS one<>(SB), Z27

row:
	LEAQ -64(SI)(BX*4), DI
	VADDPS (DI), Z15, Z0
	VMOVUPS Z0, (DI)
	MOVQ SI, DI
	MOVQ BX, CX

maximum:
	VMAXPS (DI), Z0, Z0
	ADDQ $64, DI
	SUBQ $16, CX
	JNZ  maximum
	VEXTRACTF64X4 $1, Z0, Y1
	VMAXPS Y1, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VPERMILPS $0x0E, X0, X1
	VMAXPS X1, X0, X0
	VPERMILPS $0x01, X0, X1
	VMAXPS X1, X0, X0
	VBROADCASTSS X0, Z0

	VPXORD Z1, Z1, Z1
	MOVQ SI, DI
	MOVQ BX, CX

powers:
	VMOVUPS (DI), Z3
	VSUBPS Z0, Z3, Z3
	VMAXPS Z16, Z3, Z3
	VMULPS Z17, Z3, Z4
	VADDPS Z18, Z4, Z4    // t
	VSUBPS Z18, Z4, Z5    // n
	VMULPS Z19, Z5, Z6
	VSUBPS Z6, Z3, Z3
	VMULPS Z20, Z5, Z6
	VSUBPS Z6, Z3, Z3     // r
	VMULPS Z21, Z3, Z6
	VADDPS Z22, Z6, Z6
	VMULPS Z3, Z6, Z6
	VADDPS Z23, Z6, Z6
	VMULPS Z3, Z6, Z6
	VADDPS Z24, Z6, Z6
	VMULPS Z3, Z6, Z6
	VADDPS Z25, Z6, Z6
	VMULPS Z3, Z6, Z6
	VADDPS Z26, Z6, Z6
	VMULPS Z3, Z3, Z5
	VMULPS Z5, Z6, Z6
	VADDPS Z3, Z6, Z6
	VADDPS Z27, Z6, Z6
	VPSLLD $23, Z4, Z4
	VPADDD Z4, Z6, Z6
	VMOVUPS Z6, (DI)
	VADDPS Z6, Z1, Z1
	ADDQ $64, DI
	SUBQ $16, CX
	JNZ  powers

	// The sum of the lanes by halves.
	VEXTRACTF64X4 $1, Z1, Y2
	VADDPS Y2, Y1, Y1
	VEXTRACTF128 $1, Y1, X2
	VADDPS X2, X1, X1
	VPERMILPS $0x0E, X1, X2
	VADDPS X2, X1, X1
	VPERMILPS $0x01, X1, X2
	VADDSS X2, X1, X1
	VMOVAPS Z27, Z2
	VDIVSS X1, X2, X1
	VBROADCASTSS X1, Z1
	MOVQ BX, CX

weights:
	VMULPS (SI), Z1, Z2
	VMOVUPS Z2, (SI)
	ADDQ $64, SI
	SUBQ $16, CX
	JNZ  weights
	DECQ DX
	JNZ  row
	VZEROUPPER
	RET

#define GELU_CONSTANTS512 \
	VBROADCASTSS geluLimit<>(SB), Z16 \
	VBROADCASTSS geluLeast<>(SB), Z17 \
	VBROADCASTSS geluC0<>(SB), Z18    \
	VBROADCASTSS geluC1<>(SB), Z19    \
	VBROADCASTSS geluC2<>(SB), Z20    \
	VBROADCASTSS geluC3<>(SB), Z21    \
	VBROADCASTSS geluC4<>(SB), Z22    \
	VBROADCASTSS geluC5<>(SB), Z23    \
	VBROADCASTSS geluC6<>(SB), Z24    \
	VBROADCASTSS geluC7<>(SB), Z25    \
	VBROADCASTSS geluC8<>(SB), Z26    \
	VBROADCASTSS half<>(SB), Z27      \
	VBROADCASTSS one<>(SB), Z28       \
	VPXORD Z29, Z29, Z29

// p = v * Phi(v); c and t are scratch.
#define GELU512(v, c, t, p) \
	VMINPS Z16, v, c    \
	VMAXPS Z17, c, c    \
	VMULPS c, c, t      \
	VMULPS Z18, t, p    \
	VADDPS Z19, p, p    \
	VMULPS t, p, p      \
	VADDPS Z20, p, p    \
	VMULPS t, p, p      \
	VADDPS Z21, p, p    \
	VMULPS t, p, p      \
	VADDPS Z22, p, p    \
	VMULPS t, p, p      \
	VADDPS Z23, p, p    \
	VMULPS t, p, p      \
	VADDPS Z24, p, p    \
	VMULPS t, p, p      \
	VADDPS Z25, p, p    \
	VMULPS t, p, p      \
	VADDPS Z26, p, p    \
	VMULPS c, p, p      \
	VADDPS Z27, p, p    \
	VMINPS Z28, p, p    \
	VMAXPS Z29, p, p    \
	VMULPS v, p, p

// From the least (Z12) and the greatest (Z13) cells of each lane of a row of
// CX cells at SI to its bytes at DI and what they mean at DX; then return.
#define QUANTIZE512 \
	VEXTRACTF64X4 $1, Z12, Y10     \
	VEXTRACTF64X4 $1, Z13, Y11     \
	VMINPS Y10, Y12, Y12           \
	VMAXPS Y11, Y13, Y13           \
	VEXTRACTF128 $1, Y12, X10      \
	VEXTRACTF128 $1, Y13, X11      \
	VMINPS X10, X12, X12           \
	VMAXPS X11, X13, X13           \
	VPERMILPS $0x0E, X12, X10      \
	VPERMILPS $0x0E, X13, X11      \
	VMINPS X10, X12, X12           \
	VMAXPS X11, X13, X13           \
	VPERMILPS $0x01, X12, X10      \
	VPERMILPS $0x01, X13, X11      \
	VMINPS X10, X12, X12           \
	VMAXPS X11, X13, X13           \
	VADDSS zero<>(SB), X12, X12    \ // least; -0 becomes 0
	VSUBSS X12, X13, X13           \ // range
	VMOVSS X12, 4(DX)              \
	VUCOMISS leastRange<>(SB), X13 \
	JLS  flat                      \ // not greater
	VMOVSS levels<>(SB), X10       \
	VDIVSS X10, X13, X11           \
	VMOVSS X11, 0(DX)              \
	VDIVSS X13, X10, X10           \
	VBROADCASTSS X12, Z12          \
	VBROADCASTSS X10, Z10          \
round:                             \
	VMOVUPS (SI), Z0               \
	VSUBPS Z12, Z0, Z0             \
	VMULPS Z10, Z0, Z0             \
	VCVTPS2DQ Z0, Z0               \
	VPMOVDB Z0, (DI)               \
	ADDQ $64, SI                   \
	ADDQ $16, DI                   \
	SUBQ $16, CX                   \
	JNZ  round                     \
	VZEROUPPER                     \
	RET                            \
flat:                              \
	MOVL $0, 0(DX)                 \
	VPXOR X0, X0, X0               \
clear:                             \
	VMOVDQU X0, (DI)               \
	ADDQ $16, DI                   \
	SUBQ $16, CX                   \
	JNZ  clear                     \
	VZEROUPPER                     \
	RET

// func quantize512(dst *byte, x *float32, n int, q *quant)
TEXT ·quantize512(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ q+24(FP), DX
	VMOVUPS (SI), Z12
	VMOVAPS Z12, Z13
	MOVQ SI, R8
	MOVQ CX, R9

extremes:
	VMOVUPS (R8), Z0
	VMINPS Z0, Z12, Z12
	VMAXPS Z0, Z13, Z13
	ADDQ $64, R8
	SUBQ $16, R9
	JNZ  extremes
	QUANTIZE512

// func geluQuantize512(dst *byte, x *float32, n int, q *quant)
TEXT ·geluQuantize512(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ q+24(FP), DX
	GELU_CONSTANTS512
	MOVQ SI, R8
	MOVQ CX, R9
	VMOVUPS (SI), Z4
	GELU512(Z4, Z5, Z6, Z12)
	VMOVAPS Z12, Z13

extremes:
	VMOVUPS (R8), Z0
	GELU512(Z0, Z1, Z2, Z3)
	VMOVUPS Z3, (R8)
	VMINPS Z3, Z12, Z12
	VMAXPS Z3, Z13, Z13
	ADDQ $64, R8
	SUBQ $16, R9
	JNZ  extremes
	QUANTIZE512

// The sum of the lanes of z by halves, into x; the others are scratch.
#define FOLD512(z, y, x, ys, xs) \
	VEXTRACTF64X4 $1, z, ys   \
	VADDPS ys, y, y           \
	VEXTRACTF128 $1, y, xs    \
	VADDPS xs, x, x           \
	VPERMILPS $0x0E, x, xs    \
	VADDPS xs, x, x           \
	VPERMILPS $0x01, x, xs    \
	VADDSS xs, x, x

// func addNorm512(h, x *float32, n int, gain, bias *float32, eps, count float32)
TEXT ·addNorm512(SB), NOSPLIT, $0-48
	MOVQ h+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ gain+24(FP), R8
	MOVQ bias+32(FP), R9
	VMOVSS eps+40(FP), X14
	VMOVSS count+44(FP), X15
	SHLQ $2, CX           // bytes

	VPXORD Z0, Z0, Z0
	XORQ DX, DX

sum:
	VMOVUPS (DI)(DX*1), Z2
	VADDPS (SI)(DX*1), Z2, Z2
	VMOVUPS Z2, (DI)(DX*1)
	VADDPS Z2, Z0, Z0
	ADDQ $64, DX
	CMPQ DX, CX
	JLT  sum
	FOLD512(Z0, Y0, X0, Y1, X1)
	VDIVSS X15, X0, X0
	VBROADCASTSS X0, Z4

	VPXORD Z0, Z0, Z0
	XORQ DX, DX

squares:
	VMOVUPS (DI)(DX*1), Z2
	VSUBPS Z4, Z2, Z2
	VMOVUPS Z2, (DI)(DX*1)
	VMULPS Z2, Z2, Z2
	VADDPS Z2, Z0, Z0
	ADDQ $64, DX
	CMPQ DX, CX
	JLT  squares
	FOLD512(Z0, Y0, X0, Y1, X1)
	VDIVSS X15, X0, X0
	VADDSS X14, X0, X0
	VSQRTSS X0, X0, X0
	VMOVSS one<>(SB), X1
	VDIVSS X0, X1, X0
	VBROADCASTSS X0, Z4
	XORQ DX, DX

scale:
	VMULPS (DI)(DX*1), Z4, Z2
	VMULPS (R8)(DX*1), Z2, Z2
	VADDPS (R9)(DX*1), Z2, Z2
	VMOVUPS Z2, (DI)(DX*1)
	ADDQ $64, DX
	CMPQ DX, CX
	JLT  scale
	VZEROUPPER
	RET
