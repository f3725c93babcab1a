; "Open with" for images and tables of prompts, and the dailies: links, for this person. electron-builder's own file
; associations would make Dailies the default program of all of them; these only add it to the list.

!macro dailiesOpens EXT
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${EXT}" ""
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro dailiesOpens "png"
  !insertmacro dailiesOpens "jpg"
  !insertmacro dailiesOpens "jpeg"
  !insertmacro dailiesOpens "webp"
  !insertmacro dailiesOpens "gif"
  !insertmacro dailiesOpens "avif"
  !insertmacro dailiesOpens "tif"
  !insertmacro dailiesOpens "tiff"
  !insertmacro dailiesOpens "heic"
  !insertmacro dailiesOpens "heif"
  !insertmacro dailiesOpens "csv"
  !insertmacro dailiesOpens "tsv"
  ; What follows "--" is never read as a switch, whatever a link pretends to be.
  WriteRegStr SHELL_CONTEXT "Software\Classes\dailies" "" "URL:${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\dailies" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\dailies\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customUnInstall
  ; An update runs the uninstaller of the old version too: only a real goodbye takes the entries away.
  ${ifNot} ${isUpdated}
    DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\dailies"
  ${endIf}
!macroend
