/** The operations of the library as a KMS or a GMS calls them. */
package org.mckms.benchmarks.mikeysakke;
