# Signs the files that are named. Without a certificate it says so and ends well, so that a build without one goes on.
#   SIGN_THUMBPRINT  the certificate's thumbprint, in the store of this account or of the computer
#   SIGN_TIMESTAMP   the address of a time stamp service (RFC 3161); without it a signature ends with its certificate
param([Parameter(Mandatory)][string[]]$Files)
$ErrorActionPreference = 'Stop'

if (-not $env:SIGN_THUMBPRINT) {
    Write-Host "Not signed, since SIGN_THUMBPRINT names no certificate: $($Files -join ', ')"
    exit 0
}
$stamp = if ($env:SIGN_TIMESTAMP) { '/tr', $env:SIGN_TIMESTAMP, '/td', 'sha256' } else { @() }
foreach ($file in $Files) {
    & signtool sign /sha1 $env:SIGN_THUMBPRINT /fd sha256 @stamp /d 'FERPA Wizard' $file
    if ($LASTEXITCODE -ne 0) { throw "$file was not signed." }
}
