; The installer for one machine: all users get the programs, the Explorer extension and the autostart.
;   makensis -XTarget amd64-unicode  (given by cmake/installer.sh, with VERSION, BIN, LICENSE, ICON and OUTPUT)
; Silent: setup.exe /S [/D=folder], uninstall.exe /S [/REMOVEDATA]
Unicode true
!include "LogicLib.nsh"
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "x64.nsh"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\SSProtect"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"

Name "SSProtect"
OutFile "${OUTPUT}"
InstallDir "$PROGRAMFILES64\SSProtect"
RequestExecutionLevel admin
ManifestDPIAware true
SetCompressor /SOLID lzma
BrandingText "SSProtect ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "SSProtect"
VIAddVersionKey CompanyName "SSProtect"
VIAddVersionKey FileDescription "SSProtect, the installer"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "GPL-3.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\ssprotect-tray.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString NEEDS_64_BIT ${LANG_ENGLISH} "SSProtect needs a 64-bit Windows 10 or newer."
LangString NEEDS_64_BIT ${LANG_GERMAN} "SSProtect benötigt Windows 10 oder neuer mit 64 Bit."
LangString REMOVE_DATA ${LANG_ENGLISH} "Also remove the keys and settings of this user?$\n$\nFiles that are still protected can then be opened with the exported keys and a backup only. If in doubt, choose No."
LangString REMOVE_DATA ${LANG_GERMAN} "Auch Schlüssel und Einstellungen dieses Benutzers entfernen?$\n$\nDateien, die noch geschützt sind, lassen sich dann nur noch mit den exportierten Schlüsseln und einer Sicherung öffnen. Wählen Sie im Zweifel Nein."
LangString NOT_WRITTEN ${LANG_ENGLISH} "The Explorer extension could not be entered. Run the installer as an administrator."
LangString NOT_WRITTEN ${LANG_GERMAN} "Die Explorer-Erweiterung konnte nicht eingetragen werden. Führen Sie das Installationsprogramm als Administrator aus."

; A program or DLL in use cannot be overwritten, but it can be renamed: documents that are open stay open, and what is
; left of the old version goes at the next installation or start of Windows.
!macro StepAside UN FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    Delete "$INSTDIR\${FILE}"
    ${If} ${Errors}
      GetTempFileName $0 "$INSTDIR"
      Delete "$0"
      Rename "$INSTDIR\${FILE}" "$0.old"
      Delete /REBOOTOK "$0.old"
    ${EndIf}
  ${EndIf}
!macroend

!macro RemoveAll UN
  !insertmacro StepAside "${UN}" "ssprotect-shell.dll"
  !insertmacro StepAside "${UN}" "ssprotect-tray.exe"
  !insertmacro StepAside "${UN}" "ssprotect.exe"
  !insertmacro StepAside "${UN}" "LICENSE.txt"
  Delete "$INSTDIR\*.old"
!macroend

Function .onInit
  SetRegView 64
  SetShellVarContext all
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(NEEDS_64_BIT)" /SD IDOK
    Abort
  ${EndIf}
  ; An upgrade goes where the installed version is, unless /D says otherwise.
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} $INSTDIR == "$PROGRAMFILES64\SSProtect"
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd

Section "SSProtect"
  SetRegView 64
  SetShellVarContext all
  SetOutPath "$INSTDIR"
  !insertmacro RemoveAll ""
  File "${BIN}/ssprotect-tray.exe"
  File "${BIN}/ssprotect.exe"
  File "${BIN}/ssprotect-shell.dll"
  File "/oname=LICENSE.txt" "${LICENSE}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ClearErrors
  RegDLL "$INSTDIR\ssprotect-shell.dll"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel 2
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\SSProtect.lnk" "$INSTDIR\ssprotect-tray.exe"
  WriteRegStr HKLM "${RUN_KEY}" "SSProtect" '"$INSTDIR\ssprotect-tray.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "SSProtect"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\ssprotect-tray.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "SSProtect"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Var removeData

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $removeData 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/REMOVEDATA" $1
  ${IfNot} ${Errors}
    StrCpy $removeData 1
  ${ElseIfNot} ${Silent}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(REMOVE_DATA)" /SD IDNO IDNO +2
    StrCpy $removeData 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  UnRegDLL "$INSTDIR\ssprotect-shell.dll"
  !insertmacro RemoveAll "un."
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\SSProtect.lnk"
  DeleteRegValue HKLM "${RUN_KEY}" "SSProtect"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  ${If} $removeData == 1
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\SSProtect"
  ${EndIf}
SectionEnd
