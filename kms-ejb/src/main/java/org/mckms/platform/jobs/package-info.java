/**
 * Jobs of the product as Jakarta Batch jobs of the container: their executions and workers. What is to be done and what is done
 * stands in the database (decisions 0010 and 0017).
 */
package org.mckms.platform.jobs;
