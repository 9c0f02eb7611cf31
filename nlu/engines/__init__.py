"""The engines that understand a sentence: one trained here, one asked over HTTP."""
