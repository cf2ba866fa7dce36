/** KMS certificates on their way between domains: signed documents, and what is checked before one is taken for a partner's. */
package org.mckms.protocol.partner;
