/**
 * The command behind {@code benchmarks/run}: runs the benchmarks in rounds, so that both libraries meet the same disturbances of the
 * machine, and reports times, ratios and goals.
 */
package org.mckms.benchmarks;
