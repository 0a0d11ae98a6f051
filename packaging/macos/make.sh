#!/bin/sh
# Makes dist/ferpa-wizard-VERSION.pkg of "dist/FERPA Wizard.app", which packaging/build.py built on macOS.
#   SIGN_APPLICATION  a "Developer ID Application" identity; without it the program is signed for this Mac alone (ad hoc)
#   SIGN_INSTALLER    a "Developer ID Installer" identity; without it the package is not signed
#   NOTARY_PROFILE    a profile of `xcrun notarytool store-credentials`; without it nothing is sent to Apple
set -eu
cd "$(dirname "$0")/../.."
app="dist/FERPA Wizard.app"
version=$(.venv/bin/python -c 'import ferpa_wizard; print(ferpa_wizard.__version__)')
package=dist/ferpa-wizard-$version.pkg

# From the inside out: a signature covers those below it.
identity=${SIGN_APPLICATION:--}
hardened=
timestamp=
if [ "$identity" != - ]; then
    timestamp=--timestamp # Apple notarises nothing without
    hardened="--options runtime --entitlements packaging/macos/entitlements.plist"
fi
# shellcheck disable=SC2086 # several words, or none, here and below
find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -exec codesign --force $timestamp --sign "$identity" {} +
# shellcheck disable=SC2086
find "$app" -type d -name '*.framework' -exec codesign --force $timestamp --sign "$identity" {} +
# shellcheck disable=SC2086
codesign --force $timestamp $hardened --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

# Into /Applications of every user; never moved to where somebody put an older copy.
root=build/pkg-root
rm -rf "$root" build/components.plist
mkdir -p "$root"
cp -R "$app" "$root/"
pkgbuild --analyze --root "$root" build/components.plist
plutil -replace 0.BundleIsRelocatable -bool NO build/components.plist
pkgbuild --root "$root" --component-plist build/components.plist --install-location /Applications \
    --identifier org.ferpa-wizard.desktop --version "$version" build/component.pkg
if [ -n "${SIGN_INSTALLER:-}" ]; then
    productbuild --package build/component.pkg --sign "$SIGN_INSTALLER" --timestamp "$package"
else
    productbuild --package build/component.pkg "$package"
    echo "Not signed, since SIGN_INSTALLER names no identity."
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$package" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$package"
else
    echo "Not notarised, since NOTARY_PROFILE names no profile."
fi
shasum -a 256 "$package" | sed "s|dist/||" >"$package.sha256"
echo "$package"
