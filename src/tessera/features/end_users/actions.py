"""What one may be allowed to do with end users: as an administrator, and through the Content API."""

from __future__ import annotations

from typing import Final

ROLES_CREATE: Final = "plugin::users-permissions.roles.create"
ROLES_READ: Final = "plugin::users-permissions.roles.read"
ROLES_UPDATE: Final = "plugin::users-permissions.roles.update"
ROLES_DELETE: Final = "plugin::users-permissions.roles.delete"
PROVIDERS_READ: Final = "plugin::users-permissions.providers.read"
PROVIDERS_UPDATE: Final = "plugin::users-permissions.providers.update"
TEMPLATES_READ: Final = "plugin::users-permissions.email-templates.read"
TEMPLATES_UPDATE: Final = "plugin::users-permissions.email-templates.update"
ADVANCED_READ: Final = "plugin::users-permissions.advanced-settings.read"
ADVANCED_UPDATE: Final = "plugin::users-permissions.advanced-settings.update"

# Of the Content API: what roles of end users, visitors and API tokens hold.
SIGN_IN: Final = "plugin::users-permissions.auth.callback"
CONNECT: Final = "plugin::users-permissions.auth.connect"
REGISTER: Final = "plugin::users-permissions.auth.register"
FORGOT_PASSWORD: Final = "plugin::users-permissions.auth.forgotPassword"  # noqa: S105
RESET_PASSWORD: Final = "plugin::users-permissions.auth.resetPassword"  # noqa: S105
CHANGE_PASSWORD: Final = "plugin::users-permissions.auth.changePassword"  # noqa: S105
CONFIRM_EMAIL: Final = "plugin::users-permissions.auth.emailConfirmation"
SEND_CONFIRMATION: Final = "plugin::users-permissions.auth.sendEmailConfirmation"
REFRESH: Final = "plugin::users-permissions.auth.refresh"
SIGN_OUT: Final = "plugin::users-permissions.auth.logout"
LIST_SESSIONS: Final = "plugin::users-permissions.auth.getSessions"
END_SESSION: Final = "plugin::users-permissions.auth.revokeSession"
ME: Final = "plugin::users-permissions.user.me"
COUNT_USERS: Final = "plugin::users-permissions.user.count"
FIND_USERS: Final = "plugin::users-permissions.user.find"
READ_USER: Final = "plugin::users-permissions.user.findOne"
CREATE_USER: Final = "plugin::users-permissions.user.create"
CHANGE_USER: Final = "plugin::users-permissions.user.update"
DELETE_USER: Final = "plugin::users-permissions.user.destroy"
FIND_ROLES: Final = "plugin::users-permissions.role.find"
READ_ROLE: Final = "plugin::users-permissions.role.findOne"
CREATE_ROLE: Final = "plugin::users-permissions.role.createRole"
CHANGE_ROLE: Final = "plugin::users-permissions.role.updateRole"
DELETE_ROLE: Final = "plugin::users-permissions.role.deleteRole"
READ_PERMISSIONS: Final = "plugin::users-permissions.permissions.getPermissions"
