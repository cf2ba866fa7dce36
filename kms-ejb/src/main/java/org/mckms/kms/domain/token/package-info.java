/** Access tokens that an operator has revoked before they expire. See decision 0025. */
package org.mckms.kms.domain.token;
