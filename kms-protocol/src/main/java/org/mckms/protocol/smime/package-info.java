/** Bodies of SIP messages under a content encryption key that the KMS manages (CMS, RFC 5083 and RFC 8551). */
package org.mckms.protocol.smime;
