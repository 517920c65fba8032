// Package embedding runs a BERT-type sentence encoder: WordPiece pieces in,
// one float32 vector per piece or per text out.
//
// The model file (written by export/export.py) holds int8 weights that the
// kernels read in place, so a model opens in about a millisecond and needs
// no memory of its own. Activations are quantised to 8 bits per piece,
// products are summed as exact 32-bit integers, and every float32 step is
// done in a fixed order without fused operations: all processors, with or
// without vector instructions, give the same bits.
//
// The architecture is that of BERT (Devlin et al. 2019, arXiv:1810.04805) as
// used by the all-MiniLM models: post-layer-norm, GELU, learned positions.
package embedding
