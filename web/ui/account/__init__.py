"""The pages 登录 at /sign-in and 我的账号 at /account."""
