#include "textflag.h"
#include "constants_amd64.h"

// Each kernel does the operations of its generic twin on 8 or 16 lanes, in
// the same order and never fused.

// One row of a for 16 columns of b.
#define ROW(a, lo, hi) \
	VBROADCASTSS a, Y10  \
	VMULPS Y8, Y10, Y11  \
	VMULPS Y9, Y10, Y12  \
	VADDPS Y11, lo, lo   \
	VADDPS Y12, hi, hi

// func productAVX2(p *product32)
TEXT ·productAVX2(SB), NOSPLIT, $0-8
	MOVQ p+0(FP), DI
	MOVQ 8(DI), SI        // a
	MOVQ 0(DI), R8        // dst
	MOVQ 24(DI), R9       // strides, in bytes
	MOVQ 32(DI), R10
	MOVQ 40(DI), R11
	LEAQ (R10)(R10*2), R12
	MOVQ 56(DI), R13      // rows

rows:
	MOVQ 16(DI), BX       // b, at the columns
	MOVQ 64(DI), DX       // columns
	MOVQ R8, R15

cols:
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	MOVQ SI, AX
	MOVQ BX, R14
	MOVQ 48(DI), CX       // k

step:
	VMOVUPS (R14), Y8
	VMOVUPS 32(R14), Y9
	ROW((AX), Y0, Y1)
	ROW((AX)(R10*1), Y2, Y3)
	ROW((AX)(R10*2), Y4, Y5)
	ROW((AX)(R12*1), Y6, Y7)
	ADDQ $4, AX
	ADDQ R11, R14
	DECQ CX
	JNZ  step

	MOVQ R15, AX
	VMOVUPS Y0, (AX)
	VMOVUPS Y1, 32(AX)
	ADDQ R9, AX
	VMOVUPS Y2, (AX)
	VMOVUPS Y3, 32(AX)
	ADDQ R9, AX
	VMOVUPS Y4, (AX)
	VMOVUPS Y5, 32(AX)
	ADDQ R9, AX
	VMOVUPS Y6, (AX)
	VMOVUPS Y7, 32(AX)
	ADDQ $64, R15
	ADDQ $64, BX
	SUBQ $16, DX
	JNZ  cols

	LEAQ (SI)(R10*4), SI
	LEAQ (R8)(R9*4), R8
	SUBQ $4, R13
	JNZ  rows
	VZEROUPPER
	RET

// x = e^x for x <= 0; t, n, p are scratch.
#define EXP(x, t, n, p) \
	VMAXPS expLeast<>(SB), x, x  \
	VMULPS log2e<>(SB), x, t     \
	VADDPS rounder<>(SB), t, t   \
	VSUBPS rounder<>(SB), t, n   \
	VMULPS ln2High<>(SB), n, p   \
	VSUBPS p, x, x               \
	VMULPS ln2Low<>(SB), n, p    \
	VSUBPS p, x, x               \
	VMULPS expC0<>(SB), x, p     \
	VADDPS expC1<>(SB), p, p     \
	VMULPS x, p, p               \
	VADDPS expC2<>(SB), p, p     \
	VMULPS x, p, p               \
	VADDPS expC3<>(SB), p, p     \
	VMULPS x, p, p               \
	VADDPS expC4<>(SB), p, p     \
	VMULPS x, p, p               \
	VADDPS expC5<>(SB), p, p     \
	VMULPS x, x, n               \
	VMULPS n, p, p               \
	VADDPS x, p, p               \
	VADDPS one<>(SB), p, p       \
	VPSLLD $23, t, t             \
	VPADDD t, p, x

// Sum of the 16 lanes of lo and hi, by halves, into xlo; hi is scratch.
#define FOLD(lo, hi, xlo, xhi) \
	VADDPS hi, lo, lo             \
	VEXTRACTF128 $1, lo, xhi      \
	VADDPS xhi, xlo, xlo          \
	VPERMILPS $0x0E, xlo, xhi     \
	VADDPS xhi, xlo, xlo          \
	VPERMILPS $0x01, xlo, xhi     \
	VADDSS xhi, xlo, xlo

// func softmaxAVX2(x *float32, rows, cols int, tail *[16]float32)
TEXT ·softmaxAVX2(SB), NOSPLIT, $0-32
	MOVQ x+0(FP), SI
	MOVQ rows+8(FP), DX
	MOVQ cols+16(FP), BX
	MOVQ tail+24(FP), AX
	VMOVUPS (AX), Y14
	VMOVUPS 32(AX), Y15
	VMOVUPS one<>(SB), Y13

row:
	// Mask the last lanes, find the maximum.
	LEAQ -64(SI)(BX*4), DI
	VADDPS (DI), Y14, Y0
	VADDPS 32(DI), Y15, Y1
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	MOVQ SI, DI
	MOVQ BX, CX

maximum:
	VMAXPS (DI), Y0, Y0
	VMAXPS 32(DI), Y1, Y1
	ADDQ $64, DI
	SUBQ $16, CX
	JNZ  maximum
	VMAXPS Y1, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VPERMILPS $0x0E, X0, X1
	VMAXPS X1, X0, X0
	VPERMILPS $0x01, X0, X1
	VMAXPS X1, X0, X0
	VBROADCASTSS X0, Y0

	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	MOVQ SI, DI
	MOVQ BX, CX

powers:
	VMOVUPS (DI), Y3
	VMOVUPS 32(DI), Y7
	VSUBPS Y0, Y3, Y3
	VSUBPS Y0, Y7, Y7
	EXP(Y3, Y4, Y5, Y6)
	EXP(Y7, Y8, Y9, Y10)
	VMOVUPS Y3, (DI)
	VMOVUPS Y7, 32(DI)
	VADDPS Y3, Y1, Y1
	VADDPS Y7, Y2, Y2
	ADDQ $64, DI
	SUBQ $16, CX
	JNZ  powers

	FOLD(Y1, Y2, X1, X2)
	VDIVSS X1, X13, X1
	VBROADCASTSS X1, Y1
	MOVQ BX, CX

weights:
	VMULPS (SI), Y1, Y2
	VMULPS 32(SI), Y1, Y3
	VMOVUPS Y2, (SI)
	VMOVUPS Y3, 32(SI)
	ADDQ $64, SI
	SUBQ $16, CX
	JNZ  weights
	DECQ DX
	JNZ  row
	VZEROUPPER
	RET

#define GELU(v, c, t, p) \
	VMINPS geluLimit<>(SB), v, c  \
	VMAXPS geluLeast<>(SB), c, c  \
	VMULPS c, c, t                \
	VMULPS geluC0<>(SB), t, p     \
	VADDPS geluC1<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC2<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC3<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC4<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC5<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC6<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC7<>(SB), p, p     \
	VMULPS t, p, p                \
	VADDPS geluC8<>(SB), p, p     \
	VMULPS c, p, p                \
	VADDPS half<>(SB), p, p       \
	VMINPS one<>(SB), p, p        \
	VMAXPS zero<>(SB), p, p       \
	VMULPS v, p, p

// func geluAVX2(x *float32, n int)
TEXT ·geluAVX2(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), SI
	MOVQ n+8(FP), CX

loop:
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y4
	GELU(Y0, Y1, Y2, Y3)
	GELU(Y4, Y5, Y6, Y7)
	VMOVUPS Y3, (SI)
	VMOVUPS Y7, 32(SI)
	ADDQ $64, SI
	SUBQ $16, CX
	JNZ  loop
	VZEROUPPER
	RET

// func quantizeAVX2(dst *byte, x *float32, n int, q *quant)
TEXT ·quantizeAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ q+24(FP), DX
	VMOVUPS (SI), Y0
	VMOVUPS Y0, Y1
	VMOVUPS Y0, Y2
	VMOVUPS Y0, Y3
	MOVQ SI, R8
	MOVQ CX, R9

extremes:
	VMOVUPS (R8), Y4
	VMOVUPS 32(R8), Y5
	VMINPS Y4, Y0, Y0
	VMINPS Y5, Y1, Y1
	VMAXPS Y4, Y2, Y2
	VMAXPS Y5, Y3, Y3
	ADDQ $64, R8
	SUBQ $16, R9
	JNZ  extremes
	VMINPS Y1, Y0, Y0
	VMAXPS Y3, Y2, Y2
	VEXTRACTF128 $1, Y0, X1
	VEXTRACTF128 $1, Y2, X3
	VMINPS X1, X0, X0
	VMAXPS X3, X2, X2
	VPERMILPS $0x0E, X0, X1
	VPERMILPS $0x0E, X2, X3
	VMINPS X1, X0, X0
	VMAXPS X3, X2, X2
	VPERMILPS $0x01, X0, X1
	VPERMILPS $0x01, X2, X3
	VMINPS X1, X0, X0
	VMAXPS X3, X2, X2

	VADDSS zero<>(SB), X0, X0  // least; -0 becomes 0
	VSUBSS X0, X2, X2          // range
	VMOVSS X0, 4(DX)
	VUCOMISS leastRange<>(SB), X2
	JLS flat                   // not greater

	VMOVSS levels<>(SB), X3
	VDIVSS X3, X2, X4
	VMOVSS X4, 0(DX)
	VDIVSS X2, X3, X3
	VBROADCASTSS X0, Y0
	VBROADCASTSS X3, Y3

round:
	VMOVUPS (SI), Y1
	VMOVUPS 32(SI), Y2
	VSUBPS Y0, Y1, Y1
	VSUBPS Y0, Y2, Y2
	VMULPS Y3, Y1, Y1
	VMULPS Y3, Y2, Y2
	VCVTPS2DQ Y1, Y1
	VCVTPS2DQ Y2, Y2
	VPACKSSDW Y2, Y1, Y1
	VPERMQ $0xD8, Y1, Y1
	VEXTRACTI128 $1, Y1, X2
	VPACKUSWB X2, X1, X1
	VMOVDQU X1, (DI)
	ADDQ $64, SI
	ADDQ $16, DI
	SUBQ $16, CX
	JNZ  round
	VZEROUPPER
	RET

flat:
	MOVL $0, 0(DX)
	VPXOR X1, X1, X1

clear:
	VMOVDQU X1, (DI)
	ADDQ $16, DI
	SUBQ $16, CX
	JNZ  clear
	VZEROUPPER
	RET

// func addNormAVX2(h, x *float32, n int, gain, bias *float32, eps, count float32)
TEXT ·addNormAVX2(SB), NOSPLIT, $0-48
	MOVQ h+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ gain+24(FP), R8
	MOVQ bias+32(FP), R9
	VMOVSS eps+40(FP), X14
	VMOVSS count+44(FP), X15
	SHLQ $2, CX           // bytes

	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	XORQ DX, DX

sum:
	VMOVUPS (DI)(DX*1), Y2
	VMOVUPS 32(DI)(DX*1), Y3
	VADDPS (SI)(DX*1), Y2, Y2
	VADDPS 32(SI)(DX*1), Y3, Y3
	VMOVUPS Y2, (DI)(DX*1)
	VMOVUPS Y3, 32(DI)(DX*1)
	VADDPS Y2, Y0, Y0
	VADDPS Y3, Y1, Y1
	ADDQ $64, DX
	CMPQ DX, CX
	JLT  sum
	FOLD(Y0, Y1, X0, X1)
	VDIVSS X15, X0, X0
	VBROADCASTSS X0, Y4

	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	XORQ DX, DX

squares:
	VMOVUPS (DI)(DX*1), Y2
	VMOVUPS 32(DI)(DX*1), Y3
	VSUBPS Y4, Y2, Y2
	VSUBPS Y4, Y3, Y3
	VMOVUPS Y2, (DI)(DX*1)
	VMOVUPS Y3, 32(DI)(DX*1)
	VMULPS Y2, Y2, Y2
	VMULPS Y3, Y3, Y3
	VADDPS Y2, Y0, Y0
	VADDPS Y3, Y1, Y1
	ADDQ $64, DX
	CMPQ DX, CX
	JLT  squares
	FOLD(Y0, Y1, X0, X1)
	VDIVSS X15, X0, X0
	VADDSS X14, X0, X0
	VSQRTSS X0, X0, X0
	VMOVSS one<>(SB), X1
	VDIVSS X0, X1, X0
	VBROADCASTSS X0, Y4
	XORQ DX, DX

scale:
	VMULPS (DI)(DX*1), Y4, Y2
	VMULPS 32(DI)(DX*1), Y4, Y3
	VMULPS (R8)(DX*1), Y2, Y2
	VMULPS 32(R8)(DX*1), Y3, Y3
	VADDPS (R9)(DX*1), Y2, Y2
	VADDPS 32(R9)(DX*1), Y3, Y3
	VMOVUPS Y2, (DI)(DX*1)
	VMOVUPS Y3, 32(DI)(DX*1)
	ADDQ $64, DX
	CMPQ DX, CX
	JLT  scale
	VZEROUPPER
	RET

// func transposeAVX2(dst *float32, dstStride int, src *float32, srcStride, n, size int)
// Strides in bytes; n and size divide by 4. In squares of four.
TEXT ·transposeAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ dstStride+8(FP), R8
	MOVQ src+16(FP), SI
	MOVQ srcStride+24(FP), R9
	MOVQ n+32(FP), DX
	LEAQ (R9)(R9*2), R10
	LEAQ (R8)(R8*2), R11

four:
	MOVQ DI, R12
	MOVQ SI, R13
	MOVQ size+40(FP), CX

square:
	VMOVUPS (R13), X0
	VMOVUPS (R13)(R9*1), X1
	VMOVUPS (R13)(R9*2), X2
	VMOVUPS (R13)(R10*1), X3
	VUNPCKLPS X1, X0, X4   // a0 b0 a1 b1
	VUNPCKHPS X1, X0, X5   // a2 b2 a3 b3
	VUNPCKLPS X3, X2, X6
	VUNPCKHPS X3, X2, X7
	VUNPCKLPD X6, X4, X0
	VUNPCKHPD X6, X4, X1
	VUNPCKLPD X7, X5, X2
	VUNPCKHPD X7, X5, X3
	VMOVUPS X0, (R12)
	VMOVUPS X1, (R12)(R8*1)
	VMOVUPS X2, (R12)(R8*2)
	VMOVUPS X3, (R12)(R11*1)
	ADDQ $16, R13
	LEAQ (R12)(R8*4), R12
	SUBQ $4, CX
	JNZ  square

	LEAQ (SI)(R9*4), SI
	ADDQ $16, DI
	SUBQ $4, DX
	JNZ  four
	VZEROUPPER
	RET
