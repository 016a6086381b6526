import Foundation

/// e^x in double precision, by libm: independent of the module under test.
func exponential(_ x: Double) -> Double { exp(x) }

/// ln(x) in double precision, by libm.
func logarithm(_ x: Double) -> Double { log(x) }
