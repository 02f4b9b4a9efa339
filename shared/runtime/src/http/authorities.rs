//! Trusts the certificate authorities that this machine trusts, and reads them at the first handshake.
//!
//! Reading some 140 of them takes a third as long as the start of an empty function does, and most functions are
//! started many times for each time that they ask anybody but AWS. What is verified, and how, is the platform
//! verifier's; nothing is accepted before it was read.

use rustls::{
    DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use rustls_platform_verifier::Verifier;
use std::sync::{Arc, OnceLock};

/// The platform's verifier, made when it is first needed.
#[derive(Debug)]
pub(super) struct Late {
    provider: Arc<CryptoProvider>,
    verifier: OnceLock<Verifier>,
}

impl Late {
    pub(super) const fn new(provider: Arc<CryptoProvider>) -> Self {
        Self { provider, verifier: OnceLock::new() }
    }

    fn verifier(&self) -> Result<&Verifier, Error> {
        if let Some(verifier) = self.verifier.get() {
            return Ok(verifier);
        }
        let verifier = Verifier::new(Arc::clone(&self.provider))?;
        Ok(self.verifier.get_or_init(|| verifier))
    }
}

impl ServerCertVerifier for Late {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.verifier()?.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::CertificateError;
    use std::time::Duration;

    /// Of a certificate for `shop.example`, signed by nobody but itself, good until 2126 (made with openssl).
    const UNKNOWN: &[u8] = include_bytes!("unknown.der");

    #[test]
    fn a_certificate_of_no_authority_of_this_machine_is_refused() {
        let late = Late::new(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
        assert!(late.verifier.get().is_none(), "nothing is read before a handshake");
        let name = ServerName::try_from("shop.example").unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(1_800_000_000));
        let refused = late.verify_server_cert(&CertificateDer::from(UNKNOWN), &[], &name, &[], now).unwrap_err();
        assert_eq!(refused, Error::InvalidCertificate(CertificateError::UnknownIssuer));
        assert!(late.verifier.get().is_some());
    }

    #[test]
    fn it_speaks_what_the_platforms_verifier_speaks() {
        let late = Late::new(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
        assert_eq!(late.supported_verify_schemes(), late.verifier().unwrap().supported_verify_schemes());
    }
}
