/** Signed files: CMS SignedData with a closed set of algorithms, and DER that is written and read without copies of secrets. */
package org.mckms.protocol.cms;
