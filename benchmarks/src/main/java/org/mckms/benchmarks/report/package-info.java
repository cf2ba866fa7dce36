/** What was measured, and how it is told: figures, ratios, goals, the tables and the JSON. */
package org.mckms.benchmarks.report;
