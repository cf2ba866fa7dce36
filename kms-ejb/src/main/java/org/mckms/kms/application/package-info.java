/**
 * The use cases of the KMS, one class each. Every public method names its caller first and checks it first; methods that
 * have no caller say why in {@link org.mckms.platform.SystemUse}.
 */
package org.mckms.kms.application;
