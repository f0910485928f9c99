#pragma once

/* Numbers of the resources, for shell.rc and the sources alike. Icons are found by their order: keep it. */

#define IDI_PRODUCT 1
#define IDI_RED 2
#define IDI_YELLOW 3

#define IDS_OPEN 100
#define IDS_ACTIVATE 101
#define IDS_RELEASE 102
#define IDS_VERSIONS 103
#define IDS_ACTIVATE_BULK 104
#define IDS_RELEASE_BULK 105
#define IDS_HELP_OPEN 110
#define IDS_HELP_ACTIVATE 111
#define IDS_HELP_RELEASE 112
#define IDS_HELP_VERSIONS 113
#define IDS_PRODUCT 120
#define IDS_NOT_RUNNING 121
#define IDS_NO_ANSWER 122
#define IDS_REFUSED 123
#define IDS_OWN 130
#define IDS_SHARED 131
#define IDS_FOREIGN 132
#define IDS_PROTECTED 133
#define IDS_DAMAGED 134
#define IDS_MODE_OPTIMIZED 135
#define IDS_MODE_HYBRID 136
#define IDS_MODE_DOUBLE 137

#define IDD_PAGE 200
#define IDC_STATE 201
#define IDC_OWNER 202
#define IDC_VERSION 203
#define IDC_STORED 204
#define IDC_MODE 205
#define IDC_FILE_ID 206
#define IDC_VERSIONS 207
