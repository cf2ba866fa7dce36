/**
 * What a document of the KMS protocol says, field by field with the clause of each, and the first thing in it that is
 * wrong. Takes octets from anywhere: every parser here has limits, and no text of a document is shown unescaped.
 */
package org.mckms.client.cli.explain;
